using System.Collections.Concurrent;
using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Relay;

namespace Swp.Gateway.Roll;

/// <summary>The clients that are open at this gateway, by type: from the answer to their OPEN until their connection closes.</summary>
internal sealed class OpenClients
{
    // The types that owners have described: a connection of another one is closed before it opens.
    private readonly ConcurrentDictionary<string, TypeRoll> _types = new(StringComparer.Ordinal);

    /// <summary>A connection has opened.</summary>
    public void Enter(ClientRelay relay) => _types.GetOrAdd(relay.Key.Type, static _ => new TypeRoll()).Enter(relay);

    /// <summary>A connection closes.</summary>
    public void Leave(ClientRelay relay) => _types.GetOrAdd(relay.Key.Type, static _ => new TypeRoll()).Leave(relay);

    public TypeRoll? Find(string type) => _types.GetValueOrDefault(type);

    public OpenCount[] Count() => [.. _types.Select(type => new OpenCount(type.Key, type.Value.Count))];

    /// <summary>The next connections behind a position.</summary>
    /// <param name="only">Only of this type; <see langword="null"/> for all.</param>
    /// <param name="after">The position.</param>
    /// <param name="limit">The most to read.</param>
    /// <param name="gateway">This gateway's name.</param>
    public OpenConnections Read(string? only, ConnectionPosition after, int limit, string gateway)
    {
        var relays = new List<ClientRelay>();
        var last = after;
        IEnumerable<string> types = only is null ? _types.Keys.Order(StringComparer.Ordinal) : [only];
        foreach (var type in types)
        {
            var order = string.CompareOrdinal(type, after.Type);
            if (order < 0 || Find(type) is not { } roll)
            {
                continue;
            }

            var number = order == 0 ? after.Number : 0;
            var before = relays.Count;
            var hasMore = roll.Read(ref number, long.MaxValue, limit - before, relays);
            if (relays.Count > before)
            {
                last = new ConnectionPosition(type, number);
            }

            if (hasMore)
            {
                return new OpenConnections([.. relays.Select(relay => relay.Describe(gateway))], last, HasMore: true);
            }
        }

        return new OpenConnections([.. relays.Select(relay => relay.Describe(gateway))], last, HasMore: false);
    }
}
