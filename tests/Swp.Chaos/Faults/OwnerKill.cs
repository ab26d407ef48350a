namespace Swp.Chaos.Faults;

/// <summary>SIGKILL of an owner; it is started again.</summary>
internal sealed class OwnerKill : IFault
{
    public string Name => "owner-kill";

    public TimeSpan Takes(FaultLengths lengths) => TimeSpan.FromSeconds(15);

    public async Task RunAsync(FaultRun run)
    {
        var owner = run.Pick(run.Cluster.Owners);
        var affected = await Ownership.OfAsync(owner, run);
        run.EndsCalls = true;
        owner.ExpectEnd();
        run.Begin(owner.Name, affected);
        var ended = owner.Process.KillAsync();
        run.Probe(affected);
        await ended;
        await owner.Ready;
    }
}
