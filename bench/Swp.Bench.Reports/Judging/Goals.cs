using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Vocabulary;
using static Swp.Bench.Reports.Vocabulary.ContenderNames;

namespace Swp.Bench.Reports.Judging;

/// <summary>Where Swp must be beside its peers, within one run on one machine.</summary>
public static class Goals
{
    private static readonly string FromOwner = RowLabel.Of(SwpSplit, Variants.Owner);

    private static readonly string FromOtherGateway = RowLabel.Of(SwpSplit, Variants.OtherGateway);

    private static readonly string FromBackend = RowLabel.Of(SwpSplit, Variants.Backend);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Goal> All { get; } =
    [
        AtLeast(Scenarios.Call, FromOwner, Metrics.Calls, new(2.0, SignalRRedis), new(3.0, SignalRRedis)),
        AtMost(Scenarios.Call, FromOwner, Metrics.P99, new(1.0, SignalRRedis)),
        AtLeast(Scenarios.Call, FromOtherGateway, Metrics.Calls, new(1.6, SignalRRedis), new(2.5, SignalRRedis)),
        AtMost(Scenarios.Call, FromOtherGateway, Metrics.P99, new(1.0, SignalRRedis)),
        AtLeast(Scenarios.Call, FromBackend, Metrics.Calls, new(1.0, SignalRRedis), new(1.6, SignalRRedis)),
        AtLeast(Scenarios.Call, FromOtherGateway, Metrics.Calls, new(5.0, SocketIoRedis), new(8.0, SocketIoRedis)),
        AtLeast(Scenarios.Query, SwpStandalone, Metrics.Queries, new(1.0, SignalR), new(0.9, Kestrel)),
        AtLeast(Scenarios.Query, SwpSplit, Metrics.Queries, new(0.7, SignalR), new(1.0, SignalR)),
        AtMost(Scenarios.Idle, SwpStandalone, Metrics.MemoryPerClient, new(20), new(12)),
        AtMost(Scenarios.Idle, SwpSplit, Metrics.MemoryPerClient, new(20), new(12)),
        AtLeast(Scenarios.Connect, SwpStandalone, Metrics.Connects, new(1.5, SignalR)),
        AtMost(Scenarios.Grains, SwpSplit, Metrics.MemoryPerClient, new(2.5)),
        AtMost(Scenarios.Grains, SwpSplit, Metrics.IdleCpuPerMillion, new(1.0)),
        AtMost(Scenarios.Growth, SwpSplit, Metrics.CpuPerMessage, new(1.15, SwpSplit, Clients(1_000))) with { Parameters = Clients(15_000) },
    ];

    private static Dictionary<string, string> Clients(int count) => new() { ["clients"] = $"{count}" };

    private static Goal AtLeast(Scenario scenario, string row, Metric metric, Bound target, Bound? beyond = null) => Of(scenario, row, metric, Sense.AtLeast, target, beyond);

    private static Goal AtMost(Scenario scenario, string row, Metric metric, Bound target, Bound? beyond = null) => Of(scenario, row, metric, Sense.AtMost, target, beyond);

    private static Goal Of(Scenario scenario, string row, Metric metric, Sense sense, Bound target, Bound? beyond) =>
        new() { Scenario = scenario.Name, Row = row, Metric = metric, Sense = sense, Target = target, Beyond = beyond };
}
