namespace Swp.Hostile.Running;

/// <summary>How much is tried, and against what.</summary>
internal sealed record HostileOptions
{
    /// <summary>The full form: the product as it comes.</summary>
    public static HostileOptions Full { get; } = new()
    {
        FloodLength = TimeSpan.FromSeconds(10),
        Quiet = TimeSpan.FromSeconds(5),
        Limit = TimeSpan.FromSeconds(200),
    };

    /// <summary>The short form, as the tests run it: fewer of each, and a server that loses patience sooner.</summary>
    public static HostileOptions Short { get; } = new()
    {
        IsShort = true,
        FloodLength = TimeSpan.FromSeconds(1.5),
        Quiet = TimeSpan.FromSeconds(0.7),
        Limit = TimeSpan.FromSeconds(60),
        Settings =
        [
            ("Swp:MaxUnopenedPerAddress", "1000"),
            ("Swp:Types:caller:OpenTimeout", "00:00:04"),
            ("Swp:Types:caller:IdleTimeout", "00:00:05"),
        ],
    };

    public bool IsShort { get; init; }

    /// <summary>How long a flood lasts.</summary>
    public required TimeSpan FloodLength { get; init; }

    /// <summary>How long the others are measured before each attack.</summary>
    public required TimeSpan Quiet { get; init; }

    /// <summary>By when an attack must be over: the server has lost patience with every attacker.</summary>
    public required TimeSpan Limit { get; init; }

    /// <summary>The server's settings.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];
}
