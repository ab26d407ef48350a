namespace Swp.Hostile.Attacks;

/// <summary>One way to be hostile, and what the server must make of it.</summary>
internal sealed record Attack
{
    /// <summary>Its name on the command line, in the table and in a test.</summary>
    public required string Name { get; init; }

    /// <summary>What is done, for the table; <c>{0}</c> is how often.</summary>
    public required string What { get; init; }

    /// <summary>How often it is tried.</summary>
    public required int Count { get; init; }

    /// <summary>How often in the short form.</summary>
    public required int ShortCount { get; init; }

    /// <summary>How it may end for the attacker: every one that is counted is one of these.</summary>
    public required IReadOnlyList<string> Ends { get; init; }

    /// <summary>What one of them may cost the server in memory, in KiB, beside what its collector leaves lying.</summary>
    public int KiBEach { get; init; } = 16;

    /// <summary>Does it.</summary>
    public required Func<Assault, Task> RunAsync { get; init; }
}
