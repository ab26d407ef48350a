using System.Globalization;

namespace Swp.Fuzz.Engine;

/// <summary>What a run over one target has shown.</summary>
internal sealed record FuzzResult
{
    public required string Target { get; init; }

    public required long Inputs { get; init; }

    public required TimeSpan Took { get; init; }

    public required int Branches { get; init; }

    /// <summary>The fewest inputs that take every branch that was taken.</summary>
    public required IReadOnlyList<byte[]> Corpus { get; init; }

    public required IReadOnlyList<Failure> Failures { get; init; }

    /// <summary>The slowest input.</summary>
    public required TimeSpan Slowest { get; init; }

    /// <summary>By how much the live heap grew between the first tenth of the run and its end, the corpus left out.</summary>
    public required long HeapGrowth { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target}: {Inputs:N0} inputs in {Took.TotalSeconds:0} s ({Inputs / Math.Max(0.001, Took.TotalSeconds):N0}/s), {Branches} branches, corpus {Corpus.Count}, slowest {Slowest.TotalMilliseconds:0.0} ms, heap {HeapGrowth / 1024.0:+0;-0;0} KiB, {Failures.Count} failures");
}
