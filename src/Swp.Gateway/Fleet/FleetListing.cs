using Swp.Clients;
using Swp.Gateway.Types;

namespace Swp.Gateway.Fleet;

/// <summary>Who is connected, over all gateways: one gateway after the other, each in an order that stays while its connections come and go.</summary>
internal sealed class FleetListing(GatewayFleet fleet, ClientTypeDirectory types)
{
    /// <summary>A page asks no more gateways than this: of a large cluster with few clients it is short, and not slow.</summary>
    private const int MaxAsked = 8;

    /// <summary>The next page.</summary>
    public async Task<ClientPage> ListAsync(string? type, string? cursor, int limit)
    {
        if (type is not null && !types.Knows(type))
        {
            return new ClientPage { Clients = [], TypeIsKnown = false };
        }

        ListCursor? at = null;
        if (cursor is not null && (!ListCursor.TryParse(cursor, out at) || at.Only != type))
        {
            return new ClientPage { Clients = [], CursorIsValid = false };
        }

        var clients = new List<ConnectedClient>();
        var asked = 0;
        foreach (var (name, address) in fleet.Members)
        {
            var order = string.CompareOrdinal(name, at?.Gateway);
            if (order < 0 || (order == 0 && at?.After is null))
            {
                continue;
            }

            if (clients.Count == limit || asked++ == MaxAsked)
            {
                return Page(clients, at, failed: 0);
            }

            var after = order == 0 ? at!.After!.Value : default;
            var (answered, page) = await fleet.AskAsync(address, gateway => gateway.ListAsync(type, after, limit - clients.Count));
            at = new ListCursor(type, name, page is { HasMore: true } ? page.Last : null);
            clients.AddRange(page?.Clients ?? []);
            if (!answered || page!.HasMore)
            {
                // One that does not answer has taken its time already.
                return Page(clients, at, answered ? 0 : 1);
            }
        }

        return Page(clients, next: null, failed: 0);
    }

    /// <summary>The types, and how many clients of each are connected.</summary>
    public async Task<ClientTypeList> GetTypesAsync()
    {
        types.EnsureKnown();
        var (answers, failed) = await fleet.AskAllAsync(static gateway => gateway.CountAsync());
        var counts = answers.SelectMany(counts => counts).ToLookup(count => count.Type, count => count.Count, StringComparer.Ordinal);
        return new ClientTypeList([.. types.All.OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => new ClientTypeStatus(type, counts[type.Name].Sum()))], failed);
    }

    private static ClientPage Page(List<ConnectedClient> clients, ListCursor? next, int failed) =>
        new() { Clients = [.. clients], Next = next?.ToString(), Failed = failed };
}
