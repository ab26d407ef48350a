using Swp.Chaos.Members;

namespace Swp.Chaos.Faults;

/// <summary>SIGTERM: a gateway is drained, an owner hands its clients over. It is started again.</summary>
internal sealed class MemberStop(string name, MemberRole role) : IFault
{
    public string Name => name;

    public TimeSpan Takes(FaultLengths lengths) => TimeSpan.FromSeconds(20);

    public async Task RunAsync(FaultRun run)
    {
        var (member, affected) = await run.PickWithClientsAsync(role);
        run.Graceful = true;
        run.Begin(member.Name, affected);
        await StopAsync(run, member, affected);
    }

    /// <summary>Stops a member, with the clients it has, and waits until it is back.</summary>
    public static async Task StopAsync(FaultRun run, Member member, IReadOnlySet<string> affected)
    {
        var from = run.Log.Now;
        member.ExpectEnd();
        member.Process.Terminate();
        if (member.Role == MemberRole.Gateway)
        {
            run.ProbeWhenClosed(affected, member);
        }
        else
        {
            run.Probe(affected);
        }

        if (await member.Process.Exited is not 0 and var code)
        {
            run.Fail($"{member.Name} ended with code {code} when it was asked to stop");
        }

        // No outage: nobody who looks at its readiness loses a call with it.
        run.Say($"{member.Name} has stopped after {(run.Log.Now - from).TotalSeconds:0.0} s");
        await member.Ready;
    }
}
