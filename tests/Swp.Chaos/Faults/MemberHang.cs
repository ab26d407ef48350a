using Swp.Chaos.Members;

namespace Swp.Chaos.Faults;

/// <summary>SIGSTOP of a member, and SIGCONT a while later. The others have buried it by then: it must notice, and rejoin or stop.</summary>
internal sealed class MemberHang(string name, MemberRole role) : IFault
{
    /// <summary>What has not stopped by then goes on. A member looks at the membership once a minute even when nobody tells it.</summary>
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(75);

    public string Name => name;

    public TimeSpan Takes(FaultLengths lengths) => lengths.Hang + TimeSpan.FromSeconds(15);

    public async Task RunAsync(FaultRun run)
    {
        var (member, affected) = await run.PickWithClientsAsync(role);
        run.EndsCalls = true;
        member.ExpectEnd();
        run.Begin(member.Name, affected);
        var from = run.Log.Now;
        member.Process.Suspend();
        run.Probe(affected, member);
        await run.PassAsync(run.Lengths.Hang);
        member.Process.Resume();
        var resumed = run.Log.Now;
        if (await Task.WhenAny(member.Ended, run.PassAsync(StopsWithin)) == member.Ended)
        {
            run.Note($"{member.Name} stopped itself {(run.Log.Now - resumed).TotalSeconds:0.0} s after it woke up");
        }
        else
        {
            member.ExpectNoEnd();
            run.Note($"{member.Name} went on");
        }

        await member.Ready;
        run.Outage(member, from);
    }
}
