using Swp.Bench.Reports.Measurements;
using static Swp.Bench.Reports.Vocabulary.ContenderNames;

namespace Swp.Bench.Reports.Vocabulary;

/// <summary>The scenarios of the bench.</summary>
public static class Scenarios
{
    private static readonly string[] Everybody = [Kestrel, SignalR, SignalRRedis, SocketIoRedis, SwpStandalone, SwpSplit];

    private static readonly string[] Clusters = [SignalRRedis, SocketIoRedis, SwpSplit];

    /// <summary>Clients ask the server.</summary>
    public static Scenario Query { get; } = new()
    {
        Name = "query",
        Title = "Clients ask the server in a closed loop",
        MainMetric = Metrics.Queries.Name,
        Contenders = Everybody,
        Baselines = [SignalR, Kestrel],
    };

    /// <summary>Callers in a server process ask clients of another node.</summary>
    public static Scenario Call { get; } = new()
    {
        Name = "call",
        Title = "A server process calls clients that are connected to another node",
        MainMetric = Metrics.Calls.Name,
        Contenders = Clusters,
        Baselines = [SignalRRedis, SocketIoRedis],
    };

    /// <summary>The same through the HTTP entries.</summary>
    public static Scenario CallHttp { get; } = Call with
    {
        Name = "call-http",
        Title = "Calls through the HTTP entry to clients that are connected to another node",
    };

    /// <summary>Cold connects, and a node that is lost.</summary>
    public static Scenario Connect { get; } = new()
    {
        Name = "connect",
        Title = "Cold connects, and a node that is lost with all its clients",
        MainMetric = Metrics.Connects.Name,
        Contenders = [.. Everybody.Except([Kestrel])],
        Baselines = [SignalR, SignalRRedis],
        Steps = [new Step(50, Metrics.Callable50.Name), new Step(99, Metrics.Callable99.Name), new Step(100, Metrics.Callable100.Name)],
    };

    /// <summary>Open clients that do nothing.</summary>
    public static Scenario Idle { get; } = new()
    {
        Name = "idle",
        Title = "Open clients that do nothing: memory of all server processes",
        MainMetric = Metrics.MemoryPerClient.Name,
        Contenders = Everybody,
        Baselines = [SignalR, Kestrel],
    };

    /// <summary>One message to everybody.</summary>
    public static Scenario Fanout { get; } = new()
    {
        Name = "fanout",
        Title = "One message to every client",
        MainMetric = Metrics.Deliveries.Name,
        Contenders = Clusters,
        Baselines = [SignalRRedis],
    };

    /// <summary>Client sessions without sockets.</summary>
    public static Scenario Grains { get; } = new()
    {
        Name = "grains",
        Title = "A million client sessions without sockets",
        MainMetric = Metrics.MemoryPerClient.Name,
        Contenders = [SwpSplit],
    };

    /// <summary>What a message costs among few and among many clients.</summary>
    public static Scenario Growth { get; } = new()
    {
        Name = "growth",
        Title = "What a message costs among few and among many clients",
        MainMetric = Metrics.CpuPerMessage.Name,
        Contenders = [SwpSplit],
    };

    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<Scenario> All { get; } = [Query, Call, CallHttp, Connect, Idle, Fanout, Grains, Growth];
}
