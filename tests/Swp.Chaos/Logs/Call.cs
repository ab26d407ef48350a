using Swp.Chaos.Clients;

namespace Swp.Chaos.Logs;

/// <summary>A call that has entered the cluster.</summary>
internal sealed record Call
{
    public required long Number { get; init; }

    public required string Client { get; init; }

    /// <summary>Where it entered: a gateway's name, or <see cref="Backend"/>.</summary>
    public required string Entry { get; init; }

    public required TimeSpan Start { get; init; }

    public required TimeSpan Timeout { get; init; }

    public TimeSpan WaitForConnect { get; init; }

    public bool Idempotent { get; init; }

    public bool OneWay { get; init; }

    /// <summary>What the client is told to do with it.</summary>
    public Script Script { get; init; } = Script.AtOnce;

    /// <summary>The entry of calls by <c>ISwpClients</c>.</summary>
    public const string Backend = "backend";

    public TimeSpan Deadline => Start + WaitForConnect + Timeout;

    /// <summary>An answer that comes later than this before the deadline may be too late.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>Whether its client, if it gets it at once, answers in time.</summary>
    public bool IsAnswered => Script.Act != ScriptAct.Never && Script.Delay < Timeout - Margin;

    /// <summary>The request's data, byte for byte.</summary>
    public string Payload => Script.ToPayload(Number);

    public override string ToString() =>
        $"{Start.TotalSeconds,9:0.000} s  call {Number} to {Client} by {Entry}, {Script}, time-out {Timeout.TotalSeconds:0.0} s"
        + (WaitForConnect > TimeSpan.Zero ? $", waits {WaitForConnect.TotalSeconds:0.0} s for the client" : "")
        + (Idempotent ? ", idempotent" : "")
        + (OneWay ? ", one way" : "");
}
