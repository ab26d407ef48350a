namespace Swp.Chaos.Logs;

/// <summary>What a client saw or did. What it sends is logged before it is sent, what it gets after it came.</summary>
internal sealed record ClientEvent
{
    public required TimeSpan At { get; init; }

    public required string Client { get; init; }

    /// <summary>Counts the connections of one id, whoever makes them.</summary>
    public required int Connection { get; init; }

    public required ClientEventKind Kind { get; init; }

    /// <summary>Where the connection is.</summary>
    public string? Gateway { get; init; }

    public string? Uuid { get; init; }

    /// <summary>The payload that came, or the data that is sent.</summary>
    public string? Data { get; init; }

    /// <summary>The number of the call, or of the query.</summary>
    public long? Number { get; init; }

    /// <summary>Of a refusal or a query's answer: the error's code.</summary>
    public string? Error { get; init; }

    /// <summary>Of a connection's end.</summary>
    public int? CloseCode { get; init; }

    public override string ToString() =>
        $"{At.TotalSeconds,9:0.000} s  {Client}#{Connection} {Kind}"
        + $"{Part(" at ", Gateway)}{Part(" no. ", Number)}{Part(" ", Uuid)}{Part(" ", Data)}{Part(" error ", Error)}{Part(" code ", CloseCode)}";

    private static string Part(string name, object? value) => value is null ? "" : $"{name}{value}";
}
