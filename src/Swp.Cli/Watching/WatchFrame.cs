namespace Swp.Cli.Watching;

/// <summary>What is shown of one interval.</summary>
internal sealed record WatchFrame
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The interval.</summary>
    public required double Seconds { get; init; }

    public required TypeRates[] Types { get; init; }

    /// <summary>Calls by their outcomes.</summary>
    public required SortedDictionary<string, CountRate> Outcomes { get; init; }

    /// <summary>Who was not let in, or was sent away, by why.</summary>
    public required SortedDictionary<string, CountRate> Refusals { get; init; }

    /// <summary>Gateways that did not answer: their clients are not counted.</summary>
    public required int Failed { get; init; }

    public int Connected => Types.Sum(type => type.Connected);

    public double CallsPerSecond => Outcomes.Values.Sum(outcome => outcome.PerSecond);
}
