namespace Swp.Devices;

/// <summary>Where a <see cref="DeviceClient"/> connects, as whom, and how patient it is.</summary>
public sealed record DeviceClientOptions
{
    /// <summary>For example <c>ws://localhost:8081/wss/caller</c>: the last segment is the client's type.</summary>
    public required Uri Url { get; init; }

    /// <summary>Who the client is, within its type.</summary>
    public required string ClientId { get; init; }

    /// <summary>Gives the token of the next OPEN; none for a client without one. Asked at each connection: a token expires.</summary>
    public Func<string?> Token { get; init; } = () => null;

    /// <summary>The page a browser would say that it speaks for; none for a machine.</summary>
    public string? Origin { get; init; }

    /// <summary>The server allows no less than 45 s, and closes a silent connection after 120 s.</summary>
    public TimeSpan HeartInterval { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>How long the handshake may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the answer to OPEN may take.</summary>
    public TimeSpan OpenTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answer to a query may take.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the other side may take to finish a close before the socket is dropped.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The ceiling of the first delay before the next try.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The ceiling of every delay.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most that a reconnection which the server asked for waits.</summary>
    public TimeSpan ImmediateJitter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Bytes; a larger message ends the connection.</summary>
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets one line about each thing worth knowing.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Gets each message as it is sent and received.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
