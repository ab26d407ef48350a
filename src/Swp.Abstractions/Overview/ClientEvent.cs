using Swp.Clients;
using Swp.Protocol;

namespace Swp.Overview;

/// <summary>Something that has happened to a client at one of its owners.</summary>
[GenerateSerializer, Immutable, Alias("swp.ClientEvent")]
public readonly record struct ClientEvent
{
    /// <summary>When.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    [Id(1)]
    public required ClientEventKind Kind { get; init; }

    /// <summary>How a call ended.</summary>
    [Id(2)]
    public CallOutcome Outcome { get; init; }

    /// <summary>How long a call took.</summary>
    [Id(3)]
    public TimeSpan Elapsed { get; init; }

    /// <summary>Why a connection ended, or was refused.</summary>
    [Id(4)]
    public CloseCode CloseCode { get; init; }

    /// <summary>The name of the gateway that held the connection.</summary>
    [Id(5)]
    public string? Gateway { get; init; }
}
