using System.Diagnostics;
using Swp.Bench.Contenders;
using Swp.Bench.Reports.Vocabulary;

namespace Swp.Bench.Running;

/// <summary>What is measured of whom in which scenario, in the order of a round.</summary>
internal static class Plan
{
    private const int Asking = 200;
    private const int Callers = 64;

    private static readonly IContender Kestrel = new KestrelContender();
    private static readonly IContender SignalR = new SignalRContender(backplane: false);
    private static readonly IContender SignalRRedis = new SignalRContender(backplane: true);
    private static readonly IContender SocketIo = new SocketIoContender();
    private static readonly IContender Standalone = new StandaloneContender();
    private static readonly IContender Split = new SplitContender(CallerPosition.None);
    private static readonly IContender OtherGateway = new SplitContender(CallerPosition.Gateway);
    private static readonly IContender[] SplitWithCallers = [new SplitContender(CallerPosition.Owner), OtherGateway, new SplitContender(CallerPosition.Backend)];

    private static readonly IContender[] Everybody = [Kestrel, SignalR, SignalRRedis, SocketIo, Standalone, Split];

    /// <summary>Everything, but for what the options leave out.</summary>
    public static IReadOnlyList<Trial> For(BenchOptions options) =>
    [
        .. All(options)
            .Where(trial => options.Scenarios.Count == 0 || options.Scenarios.Contains(trial.Scenario))
            .Where(trial => options.Contenders.Count == 0 || options.Contenders.Contains(trial.Contender.Name)),
    ];

    private static IEnumerable<Trial> All(BenchOptions options)
    {
        int Clients(int count) => options.Quick ? count / 10 : count;
        Dictionary<string, double> Timed(params (string, double)[] more) =>
            more.Append(("warm-up", options.WarmUpSeconds)).Append(("seconds", options.Seconds)).ToDictionary(pair => pair.Item1, pair => pair.Item2);

        return
        [
            .. Everybody.Select(contender => Load(Scenarios.Query.Name, contender, "query", Timed(("clients", Asking)))),
            .. SplitWithCallers.Prepend(SocketIo).Prepend(SignalRRedis)
                .Select(contender => Load(Scenarios.Call.Name, contender, "call", Timed(("clients", Asking), ("callers", Callers)))),
            .. new[] { SignalRRedis, SocketIo, Split }
                .Select(contender => Load(Scenarios.CallHttp.Name, contender, "call-http", Timed(("clients", Asking), ("callers", Callers)))),
            .. Everybody.Except([Kestrel]).Select(contender => Connect(contender, Clients(5_000), options.WarmUpSeconds)),
            .. new[] { 5_000, 15_000 }.SelectMany(count => Everybody.Select(contender => Load(
                Scenarios.Idle.Name, contender, "idle", Timed(("clients", Clients(count))), count))),
            .. new[] { SignalRRedis, SocketIo, OtherGateway }
                .Select(contender => Load(Scenarios.Fanout.Name, contender, "fanout", Timed(("clients", Clients(5_000))))),
            new Trial
            {
                Scenario = Scenarios.Grains.Name,
                Contender = new SilentContender(),
                MeasureAsync = (topology, cancellationToken) => SilentRun.RunAsync(topology, Clients(1_000_000), options.Quick, cancellationToken),
            },
            .. new[] { 1_000, 15_000 }.Select(count => Load(
                Scenarios.Growth.Name, Split, "query", Timed(("clients", Clients(count)), ("in-flight", Asking / 2.0)), count)),
        ];
    }

    private static Trial Load(string scenario, IContender contender, string load, IReadOnlyDictionary<string, double> options, int? clients = null) => new()
    {
        Scenario = scenario,
        Contender = contender,
        Parameters = clients is { } count ? new Dictionary<string, string> { ["clients"] = $"{count}" } : new Dictionary<string, string>(),
        MeasureAsync = async (topology, cancellationToken) =>
        {
            var figures = await LoadRun.RunAsync(topology, load, options, cancellationToken);
            return scenario == Scenarios.Growth.Name
                ? figures.ToDictionary(figure => figure.Key == "CPU-µs/query" ? "CPU-µs/message" : figure.Key, figure => figure.Value)
                : figures;
        },
    };

    // Cold connects first; then, where there is another node to go to, the node dies under its clients.
    private static Trial Connect(IContender contender, int clients, double warmUpSeconds) => new()
    {
        Scenario = Scenarios.Connect.Name,
        Contender = contender,
        MeasureAsync = async (topology, cancellationToken) =>
        {
            var options = new Dictionary<string, double> { ["clients"] = clients };

            // Again and again to warm up: code that is still being compiled is not what a service in use runs.
            var started = Stopwatch.GetTimestamp();
            for (var firstId = 1_000_000; firstId == 1_000_000 || Stopwatch.GetElapsedTime(started).TotalSeconds < warmUpSeconds; firstId += clients)
            {
                await LoadRun.RunAsync(topology, "connect", new Dictionary<string, double> { ["clients"] = clients / 2, ["first-id"] = firstId }, cancellationToken);
            }

            var cold = await LoadRun.RunAsync(topology, "connect", options, cancellationToken);
            if (topology.Refuge.Length == 0)
            {
                return cold;
            }

            var storm = await LoadRun.RunAsync(topology, "storm", options, cancellationToken);
            return cold.Concat(storm.Where(figure => figure.Key.Contains("callable", StringComparison.Ordinal))).ToDictionary();
        },
    };
}
