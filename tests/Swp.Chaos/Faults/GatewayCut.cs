using Swp.Chaos.Logs;
using Swp.Chaos.Members;

namespace Swp.Chaos.Faults;

/// <summary>
/// The network between a gateway and an owner is cut, and healed a while later. It disturbs that owner's clients at that gateway, and calls that enter at one of the two: nobody else.
/// </summary>
/// <remarks>A backend service's call enters at an owner, which may have to ask the gateway where a client lives: each member has a share of the directory.</remarks>
internal sealed class GatewayCut(string name, CutWay way) : IFault
{
    /// <summary>One attempt to connect that was under way (5 s), the pause after it, a client's way back, and a call.</summary>
    private static readonly TimeSpan Healed = TimeSpan.FromSeconds(15);

    public string Name => name;

    public bool CutsNetwork => true;

    public TimeSpan Takes(FaultLengths lengths) => lengths.Cut + TimeSpan.FromSeconds(10);

    public async Task RunAsync(FaultRun run)
    {
        var owner = run.Pick(MemberRole.Owner);
        var owned = await run.ClientsOfAsync(owner);
        var gateway = run.Cluster.Gateways.MaxBy(gateway => run.Clients.At(gateway.Name).Count(owned.Contains))!;
        var affected = run.Clients.At(gateway.Name).Intersect(owned).ToHashSet();
        run.Disturbed = affected;
        run.DisturbedEntries = new HashSet<string> { gateway.Name, Call.Backend };
        var (from, to) = way == CutWay.ToGateway ? (owner, gateway) : (gateway, owner);
        run.Begin($"{from.Name} {(way == CutWay.Both ? "and" : "to")} {to.Name}", affected);
        await using var parting = await Parting.CutAsync(run, from, to, bothWays: way == CutWay.Both);
        run.Probe(affected, gateway);
        await run.PassAsync(run.Lengths.Cut);
        await parting.HealAsync();
        await run.AnswerByAsync(owned, gateway.Name, Healed);
        await parting.SettleAsync();
    }
}
