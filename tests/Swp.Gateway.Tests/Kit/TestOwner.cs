using Swp.Clients;
using Swp.Overview;
using Swp.Relay;

namespace Swp.Gateway.Tests.Kit;

/// <summary>An owner member: keeps what it is sent until the test looks at it.</summary>
internal sealed class TestOwner : IOwnerService
{
    /// <summary>Batches whose receipt the test gives.</summary>
    public Mailbox<Delivery> Deliveries { get; } = new();

    /// <summary>What it serves, or throws.</summary>
    public Func<Task<ClientTypeDescription[]>> ClientTypes { get; set; } = () => Task.FromResult<ClientTypeDescription[]>([]);

    public Task<RelayReceipt> DeliverAsync(OwnerboundBatch batch)
    {
        var delivery = new Delivery(batch);
        Deliveries.Add(delivery);
        return delivery.Receipt;
    }

    public Task<ClientTypeDescription[]> GetClientTypesAsync() => ClientTypes();

    /// <summary>What it says of itself, or throws.</summary>
    public Func<Task<OwnerReport>> Report { get; set; } = () => Task.FromResult(new OwnerReport { IsDraining = false, Clients = 0, ActiveCalls = 0, Calls = [], Durations = [] });

    /// <summary>What it remembers of a client, or throws.</summary>
    public Func<ClientKey, int, Task<ClientHistory>> History { get; set; } = (_, _) => Task.FromResult(new ClientHistory([], DateTimeOffset.UnixEpoch));

    public Task<OwnerReport> ReportAsync() => Report();

    public Task<ClientHistory> GetHistoryAsync(ClientKey client, int limit) => History(client, limit);

    /// <summary>Accepts batches until so many frames have come.</summary>
    public async Task<OwnerboundFrame[]> AcceptAsync(int count)
    {
        var frames = new List<OwnerboundFrame>();
        while (frames.Count < count)
        {
            var delivery = await Deliveries.NextAsync();
            frames.AddRange(delivery.Frames);
            delivery.Accept();
        }

        Assert.Equal(count, frames.Count);
        return [.. frames];
    }
}
