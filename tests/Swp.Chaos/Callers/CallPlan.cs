using Swp.Chaos.Clients;

namespace Swp.Chaos.Callers;

/// <summary>A call to be made.</summary>
internal sealed record CallPlan
{
    public required string Client { get; init; }

    public required TimeSpan Timeout { get; init; }

    public TimeSpan WaitForConnect { get; init; }

    public bool Idempotent { get; init; }

    public bool OneWay { get; init; }

    public Script Script { get; init; } = Script.AtOnce;

    /// <summary>Time-outs of 2 to 10 s, a quarter idempotent, one in twenty waits for its client, one in twenty is a message.</summary>
    public static CallPlan Draw(Random random, string client) => new()
    {
        Client = client,
        Timeout = TimeSpan.FromMilliseconds(random.Next(2000, 10_001)),
        Idempotent = random.Next(100) < 25,
        WaitForConnect = random.Next(100) < 5 ? TimeSpan.FromMilliseconds(random.Next(2000, 5001)) : TimeSpan.Zero,
        OneWay = random.Next(100) < 5,
        Script = Script.Draw(random),
    };
}
