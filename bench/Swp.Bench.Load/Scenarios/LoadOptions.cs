using System.Net;
using Swp.Bench.Control;
using Swp.Bench.Load.Clients;

namespace Swp.Bench.Load.Scenarios;

/// <summary>What a run of the load is told.</summary>
internal sealed record LoadOptions
{
    /// <summary>How the clients speak.</summary>
    public required string Dialect { get; init; }

    /// <summary>Where clients connect, in turn.</summary>
    public required IPEndPoint[] Servers { get; init; }

    /// <summary>Where they connect once the first server is gone.</summary>
    public IPEndPoint[] Refuge { get; init; } = [];

    /// <summary>Where callers run in a server process.</summary>
    public Uri? Control { get; init; }

    /// <summary>Where clients are called by HTTP.</summary>
    public Uri? Entry { get; init; }

    /// <summary>The server processes, whose processor time and memory are taken.</summary>
    public int[] Pids { get; init; } = [];

    /// <summary>The process that is killed in a storm.</summary>
    public int? Victim { get; init; }

    public int Clients { get; init; }

    /// <summary>The id of the first client, where clients have ids: a client that was here before is not opened for the first time.</summary>
    public int FirstId { get; init; }

    public int Callers { get; init; }

    /// <summary>How many queries are under way at a time; 0 for one a client.</summary>
    public int InFlight { get; init; }

    public double WarmUpSeconds { get; init; }

    public double Seconds { get; init; }

    public int PayloadBytes { get; init; }

    public int ConnectConcurrency { get; init; }

    /// <summary>Calls to all clients of a crowd; the warm-up is a run of its own, so that the processor time is that of the measured one alone.</summary>
    public CallRunRequest ToCalls(Crowd crowd) => new()
    {
        Targets = [.. crowd.Clients.Select(client => client.Target)],
        Callers = Callers,
        WarmupSeconds = 0,
        Seconds = Seconds,
        PayloadBytes = PayloadBytes,
    };
}
