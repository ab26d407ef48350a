namespace Swp.Chaos.Clients;

/// <summary>The gateways that clients know, as a load balancer or their configuration would tell them.</summary>
internal sealed class GatewayList
{
    private (string Name, Uri Clients)[] _gateways = [];

    public IReadOnlyList<(string Name, Uri Clients)> All => Volatile.Read(ref _gateways);

    public void Add(string name, Uri clients) => Volatile.Write(ref _gateways, [.. _gateways, (name, clients)]);

    public void Remove(string name) => Volatile.Write(ref _gateways, [.. _gateways.Where(gateway => gateway.Name != name)]);

    /// <summary>One of them, another one than <paramref name="except"/> where there is one.</summary>
    public (string Name, Uri Clients) Pick(Random random, string? except)
    {
        var gateways = All;
        var others = gateways.Where(gateway => gateway.Name != except).ToArray();
        return others.Length > 0 ? others[random.Next(others.Length)] : gateways[random.Next(gateways.Count)];
    }
}
