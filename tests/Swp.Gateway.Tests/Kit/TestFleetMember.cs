using Swp.Overview;
using Swp.Relay;

namespace Swp.Gateway.Tests.Kit;

/// <summary>A gateway as the others see it; what the test says not happens is a failure.</summary>
internal sealed class TestFleetMember : IGatewayService
{
    /// <summary>What is open here, in order.</summary>
    public List<Swp.Clients.ConnectedClient> Open { get; } = [];

    /// <summary>What it was told.</summary>
    public List<Broadcast> Told { get; } = [];

    /// <summary>How many pages it was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Whether it answers nothing.</summary>
    public bool IsDead { get; set; }

    /// <summary>What its part of a broadcast waits for.</summary>
    public Task Holding { get; set; } = Task.CompletedTask;

    public Task<RelayReceipt> DeliverAsync(ClientboundBatch batch) => throw new NotSupportedException();

    public Task<OpenConnections> ListAsync(string? type, ConnectionPosition after, int limit)
    {
        Live();
        Asked++;
        var rest = Open.Where(client => type is null || client.Key.Type == type).Skip((int)after.Number).ToArray();
        return Task.FromResult(new OpenConnections([.. rest.Take(limit)], new ConnectionPosition("caller", after.Number + Math.Min(limit, rest.Length)), rest.Length > limit));
    }

    public Task<OpenCount[]> CountAsync()
    {
        Live();
        return Task.FromResult(Open.GroupBy(client => client.Key.Type).Select(type => new OpenCount(type.Key, type.Count())).ToArray());
    }

    public async Task<int> BroadcastAsync(Broadcast broadcast)
    {
        Live();
        Told.Add(broadcast);
        await Holding;
        return Open.Count(client => client.Key.Type == broadcast.Type);
    }

    /// <summary>What it says of itself.</summary>
    public GatewayReport Report { get; set; } = new() { IsReady = true, IsDraining = false, State = "ready", Open = [], Unopened = 0, ActiveCalls = 0, Connects = 0 };

    /// <summary>What its part of a report waits for.</summary>
    public Task HoldingReport { get; set; } = Task.CompletedTask;

    /// <summary>How often it was asked what it says of itself.</summary>
    public int AskedForReport { get; private set; }

    /// <summary>Whom it has refused.</summary>
    public Refusal[] Refusals { get; set; } = [];

    public async Task<GatewayReport> ReportAsync()
    {
        AskedForReport++;
        await HoldingReport;
        Live();
        return Report with { Open = [.. await CountAsync()] };
    }

    public async Task<Refusal[]> GetRefusalsAsync()
    {
        Live();
        await HoldingReport;
        return Refusals;
    }

    private void Live()
    {
        if (IsDead)
        {
            throw new IOException("dead");
        }
    }
}
