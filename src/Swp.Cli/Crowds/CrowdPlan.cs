using System.Globalization;
using System.Text.Json;
using Swp.Cli.Devices;
using Swp.Cli.Parsing;

namespace Swp.Cli.Crowds;

/// <summary>What a crowd is to do.</summary>
internal sealed record CrowdPlan
{
    public required int Count { get; init; }

    public required string Type { get; init; }

    public required string IdPrefix { get; init; }

    /// <summary>How many clients start to connect a second.</summary>
    public required double Ramp { get; init; }

    /// <summary>How long it goes on after all have connected; until it is stopped when there is none.</summary>
    public TimeSpan? Duration { get; init; }

    public required AnswerDelay Delay { get; init; }

    public required AnswerRule Answer { get; init; }

    /// <summary>The share of clients that never answer.</summary>
    public double Silent { get; init; }

    /// <summary>The share of clients that break their connection again and again.</summary>
    public double Drop { get; init; }

    /// <summary>About how long such a client stays connected.</summary>
    public required TimeSpan DropEvery { get; init; }

    public JsonElement? Query { get; init; }

    /// <summary>Between two queries of a client; none when it asks nothing.</summary>
    public TimeSpan? QueryEvery { get; init; }

    public string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{IdPrefix}{index + 1}");

    public bool IsSilent(int index) => Shares.Has(Silent, index);

    // From the other end, so that the two shares are not the same clients.
    public bool Drops(int index) => Shares.Has(Drop, Count - 1 - index);
}
