namespace Swp.Clients;

/// <summary>How a broadcast ended.</summary>
[GenerateSerializer, Immutable, Alias("swp.BroadcastResult")]
public sealed record BroadcastResult
{
    /// <summary>
    /// <see cref="CallOutcome.Completed"/>: every gateway was told, and <see cref="Failed"/> counts those that did not say that they have done it.
    /// <see cref="CallOutcome.UnknownType"/>, <see cref="CallOutcome.PayloadTooLarge"/>, <see cref="CallOutcome.TooManyPending"/>,
    /// <see cref="CallOutcome.NotSent"/> and <see cref="CallOutcome.ClusterUnavailable"/>: nobody got it. <see cref="CallOutcome.LostInFlight"/> and
    /// <see cref="CallOutcome.Cancelled"/>: anybody may have.
    /// </summary>
    [Id(0)]
    public CallOutcome Outcome { get; init; }

    /// <summary>What happened, in words, when it did not complete.</summary>
    [Id(1)]
    public string? Message { get; init; }

    /// <summary>How many gateways have done it.</summary>
    [Id(2)]
    public int Gateways { get; init; }

    /// <summary>How many connections have it in their outgoing queue.</summary>
    [Id(3)]
    public int Clients { get; init; }

    /// <summary>How many gateways did not answer: their clients may have got it.</summary>
    [Id(4)]
    public int Failed { get; init; }
}
