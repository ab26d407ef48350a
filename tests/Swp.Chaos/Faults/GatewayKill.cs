namespace Swp.Chaos.Faults;

/// <summary>SIGKILL of a gateway; it is started again.</summary>
internal sealed class GatewayKill : IFault
{
    public string Name => "gateway-kill";

    public TimeSpan Takes(FaultLengths lengths) => TimeSpan.FromSeconds(15);

    public async Task RunAsync(FaultRun run)
    {
        var gateway = run.Pick(run.Cluster.Gateways);
        var affected = run.Clients.At(gateway.Name);
        run.EndsCalls = true;
        gateway.ExpectEnd();
        run.Begin(gateway.Name, affected);
        var killed = run.Log.Now;
        var ended = gateway.Process.KillAsync();
        run.Probe(affected, gateway);
        await ended;
        await gateway.Ready;
        run.Outage(gateway, killed);
    }
}
