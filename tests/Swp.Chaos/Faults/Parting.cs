using Swp.Chaos.Members;
using Swp.Testing.Networks;

namespace Swp.Chaos.Faults;

/// <summary>Two members that are cut off from each other, and from nobody else. Healed when it is disposed, at the latest.</summary>
internal sealed class Parting : IAsyncDisposable
{
    private readonly FaultRun _run;
    private readonly NamespaceNetwork _network;
    private readonly Member[] _members;
    private readonly TimeSpan _since;

    private Parting(FaultRun run, NamespaceNetwork network, Member[] members)
    {
        (_run, _network, _members, _since) = (run, network, members, run.Log.Now);

        // Nobody should bury one of them: the others reach both. Whoever is buried stops, and is started again.
        foreach (var member in members)
        {
            member.ExpectEnd();
        }
    }

    public static async Task<Parting> CutAsync(FaultRun run, Member from, Member to, bool bothWays)
    {
        var parting = new Parting(run, (NamespaceNetwork)run.Cluster.Network, [from, to]);
        await (bothWays ? parting._network.CutBothWaysAsync(from.Name, to.Name) : parting._network.CutAsync(from.Name, to.Name));
        return parting;
    }

    /// <summary>Packets pass again.</summary>
    public async Task HealAsync()
    {
        await _network.HealAsync(_members[0].Name, _members[1].Name);
        _run.Say("healed");
    }

    /// <summary>Both run, or run again.</summary>
    public async Task SettleAsync()
    {
        foreach (var member in _members)
        {
            if (!member.Ended.IsCompleted)
            {
                member.ExpectNoEnd();
                continue;
            }

            // A member's death is felt by all.
            _run.Note($"{member.Name} stopped itself");
            _run.Disturbed = null;
            await member.Ready;
            _run.Outage(member, _since);
        }
    }

    public async ValueTask DisposeAsync() => await _network.HealAllAsync();
}
