using Microsoft.Extensions.Hosting;
using Swp.Chaos.Callers;
using Swp.Chaos.Clients;
using Swp.Chaos.Faults;
using Swp.Chaos.Logs;
using Swp.Chaos.Members;
using Swp.Chaos.Reports;
using Swp.Chaos.Schedules;
using Swp.Testing.Networks;

namespace Swp.Chaos.Running;

/// <summary>Starts a cluster, its clients and its callers, lets one fault after another happen, and checks what was seen.</summary>
internal sealed class ChaosRun(ChaosOptions options, Action<string> print)
{
    /// <summary>No call takes longer: the longest wait, the longest time-out, and what its entry is waited for.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(25);

    /// <summary>A fault that takes longer than three times what it takes, and this, is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly RunRecorder _log = new(TimeProvider.System);
    private readonly Random _random = new(options.Seed);

    /// <summary>Runs to its end, or ends everything it has started when it is cancelled.</summary>
    public async Task<Report> RunAsync(CancellationToken cancellationToken)
    {
        var canCut = NamespaceNetwork.IsAvailable;
        var faults = options.Faults.ToLookup(fault => canCut || !fault.CutsNetwork);
        var order = Schedule.Draw([.. faults[true]], options.Lengths, options.Settle, options.Length, new Random(options.Seed));
        Say($"seed {options.Seed}, {options.Clients} clients, {options.Rate} calls/s, {order.Count} faults");
        foreach (var fault in faults[false])
        {
            Say($"{fault.Name} is not run: {FaultCatalogue.CutsNeed}");
        }

        var caller = new Caller(_log);
        await using IMemberNetwork network = canCut ? await NamespaceNetwork.StartAsync(ChaosCluster.NamesOf(order.Sum(fault => fault.Joins))) : LoopbackNetwork.Instance;
        await using var cluster = await ChaosCluster.StartAsync(network, options.DrainWindow, options.RestartDelay, caller, _log);
        using var backend = await Backend.StartAsync(ChaosCluster.Id, cluster.Redis.ConnectionString);
        caller.Add(new BackendEntry(Backend.ClientsOf(backend)));
        Say("the cluster is ready");

        await using var clients = new ClientFleet(options.Clients, options.Seed, cluster.GatewayList, _log);
        await clients.StartAsync();
        Say("all clients are connected");

        await using var monitor = new StallMonitor(_log);
        await using var load = new CallLoad(caller, _log, [.. clients.All.Select(client => client.Id)], options.Rate, new Random(options.Seed + 1));
        monitor.Start();
        load.Start();
        await Task.Delay(options.Settle, _log.Time, cancellationToken);
        foreach (var fault in order)
        {
            await RunAsync(fault, cluster, clients, caller, cancellationToken);
            await Task.Delay(options.Settle, _log.Time, cancellationToken);
        }

        await load.StopAsync(LongestCall);
        var report = Report.From(options, _log.Close(), load.Refused) with { NotRun = [.. faults[false].Select(fault => fault.Name)] };
        LogKeeper.Keep(options, report, cluster);
        await backend.StopAsync(cancellationToken);
        return report;
    }

    private async Task RunAsync(IFault fault, ChaosCluster cluster, ClientFleet clients, Caller caller, CancellationToken cancellationToken)
    {
        var run = new FaultRun(fault.Name, options.Lengths, cluster, clients, caller, _log, new Random(_random.Next()), Say);
        try
        {
            await fault.RunAsync(run).WaitAsync((fault.Takes(options.Lengths) * 3) + Patience, cancellationToken);
            run.Say("everything runs again");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // One fault that cannot be done or undone is a result, and no reason not to see the others.
            run.Fail($"{e.GetType().Name}: {e.Message}");
        }

        var seen = await run.EndAsync();
        _log.Add(seen);
        run.Say($"settled after {(seen.Settled - seen.Start).TotalSeconds:0.0} s; {ReportText.Callable(seen.Callable)} until callable");
    }

    private void Say(string what) => print($"[{_log.Now.TotalSeconds,7:0.0} s] {what}");
}
