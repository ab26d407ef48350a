namespace Swp.Chaos.Logs;

/// <summary>How a call ended for its caller.</summary>
internal sealed record CallEnd
{
    public required long Number { get; init; }

    public required TimeSpan At { get; init; }

    /// <summary>The outcome's name on the wire, or <see cref="EntryLost"/>, or what was said instead of an outcome.</summary>
    public required string Outcome { get; init; }

    public string? Uuid { get; init; }

    public string? Data { get; init; }

    /// <summary>What happened, in words.</summary>
    public string? Detail { get; init; }

    /// <summary>The harness's own word: the connection to the entry broke, or said nothing, after the request was written.</summary>
    public const string EntryLost = "entry_lost";

    public override string ToString() => $"{At.TotalSeconds,9:0.000} s  call {Number} ended as {Outcome} {Uuid} {Data} {Detail}".TrimEnd();
}
