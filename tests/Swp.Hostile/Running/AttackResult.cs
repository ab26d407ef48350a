using Swp.Hostile.Attacks;

namespace Swp.Hostile.Running;

/// <summary>What an attack has done.</summary>
internal sealed record AttackResult
{
    public required Attack Attack { get; init; }

    public required int Count { get; init; }

    /// <summary>What the attackers sent, where they sent more than one message each.</summary>
    public required long Messages { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>How it ended for them, and how often.</summary>
    public required IReadOnlyDictionary<string, int> Ends { get; init; }

    /// <summary>The server's memory before, in KiB.</summary>
    public required long MemoryBefore { get; init; }

    /// <summary>The most there was of it, in KiB.</summary>
    public required long MemoryPeak { get; init; }

    /// <summary>How long calls to the well-behaved client took before: 99 of 100 were faster.</summary>
    public required TimeSpan P99Before { get; init; }

    /// <summary>The same while it lasted.</summary>
    public required TimeSpan P99During { get; init; }

    /// <summary>Calls to it while it lasted.</summary>
    public required int Calls { get; init; }

    /// <summary>Those that did not complete.</summary>
    public required IReadOnlyList<string> FailedCalls { get; init; }

    /// <summary>What the server logged meanwhile.</summary>
    public required IReadOnlyList<string> LogLines { get; init; }

    /// <summary>What has gone wrong.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>By how much its memory grew at most, in KiB.</summary>
    public long MemoryGrowth => Math.Max(0, MemoryPeak - MemoryBefore);
}
