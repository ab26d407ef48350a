using Swp.Chaos.Members;

namespace Swp.Chaos.Faults;

/// <summary>SIGKILL of a member; it is started again.</summary>
internal sealed class MemberKill(string name, MemberRole role) : IFault
{
    public string Name => name;

    public TimeSpan Takes(FaultLengths lengths) => TimeSpan.FromSeconds(12);

    public async Task RunAsync(FaultRun run)
    {
        var (member, affected) = await run.PickWithClientsAsync(role);
        run.EndsCalls = true;
        member.ExpectEnd();
        run.Begin(member.Name, affected);
        var from = run.Log.Now;
        var ended = member.Process.KillAsync();
        run.Probe(affected, member);
        await ended;
        await member.Ready;
        run.Outage(member, from);
    }
}
