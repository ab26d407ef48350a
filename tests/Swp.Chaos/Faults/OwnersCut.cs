using Swp.Chaos.Logs;

namespace Swp.Chaos.Faults;

/// <summary>
/// The network between two owners is cut, and healed a while later. It disturbs no client and no call by a gateway; one by a backend service may have to pass from one owner to the other.
/// </summary>
internal sealed class OwnersCut(string name) : IFault
{
    /// <summary>One attempt to connect that was under way (5 s), the pause after it, and a call.</summary>
    private static readonly TimeSpan Healed = TimeSpan.FromSeconds(15);

    public string Name => name;

    public bool CutsNetwork => true;

    public TimeSpan Takes(FaultLengths lengths) => lengths.Cut + TimeSpan.FromSeconds(10);

    public async Task RunAsync(FaultRun run)
    {
        var owners = run.Cluster.Owners.Take(2).ToArray();
        string[] all = [.. run.Clients.All.Select(client => client.Id)];
        run.Disturbed = new HashSet<string>();
        run.DisturbedEntries = new HashSet<string> { Call.Backend };
        run.Begin($"{owners[0].Name} and {owners[1].Name}", all);
        await using var parting = await Parting.CutAsync(run, owners[0], owners[1], bothWays: true);
        run.ProbeBy(all, entry => entry != Call.Backend);
        await run.PassAsync(run.Lengths.Cut);
        await parting.HealAsync();
        await run.AnswerByAsync(all, Call.Backend, Healed);
        await parting.SettleAsync();
    }
}
