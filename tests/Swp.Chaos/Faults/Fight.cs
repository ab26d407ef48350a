using Swp.Chaos.Callers;
using Swp.Chaos.Clients;

namespace Swp.Chaos.Faults;

/// <summary>Two devices have one id, and each comes back at once when the other takes it. It disturbs nobody else.</summary>
internal sealed class Fight : IFault
{
    private static readonly TimeSpan CallInterval = TimeSpan.FromMilliseconds(50);

    public string Name => "fight";

    public TimeSpan Takes(FaultLengths lengths) => lengths.Fight + TimeSpan.FromSeconds(3);

    public async Task RunAsync(FaultRun run)
    {
        var id = $"f{run.Log.NextNewcomer()}";
        var connections = new ConnectionCounter();
        using var stopFirst = new CancellationTokenSource();
        using var stopSecond = new CancellationTokenSource();
        ScriptedClient[] devices = [.. run.Cluster.Gateways.Take(2).Select(gateway =>
            new ScriptedClient(id, run.Cluster.GatewayList, connections, run.Log, new Random(run.Random.Next())) { Only = gateway.Name, Fights = true })];
        run.Disturbed = new HashSet<string> { id };
        run.Begin(id, [id]);
        var first = devices[0].RunAsync(stopFirst.Token);
        var second = devices[1].RunAsync(stopSecond.Token);
        await CallAsync(run, id);
        foreach (var device in devices)
        {
            run.Note($"the device at {device.Only} was opened {device.Opens / run.Lengths.Fight.TotalSeconds:0.0} times a second");
        }

        // One gives up; the other is a client as any.
        await stopFirst.CancelAsync();
        await first;
        run.Probe([id]);
        await run.ProbesAsync();
        await stopSecond.CancelAsync();
        await second;
    }

    // Whichever device has the id when it is called.
    private static async Task CallAsync(FaultRun run, string id)
    {
        var end = run.Log.Now + run.Lengths.Fight;
        while (run.Log.Now < end)
        {
            _ = run.Caller.CallAsync(CallPlan.Draw(run.Random, id), run.Caller.Shuffled(run.Random));
            await run.PassAsync(CallInterval);
        }
    }
}
