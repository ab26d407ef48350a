using System.Text.Json;
using Swp.Clients;
using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>Something that has happened to a client.</summary>
internal sealed record ClientEventBody
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>connected, moved (another owner has taken the open connection over), refused, superseded, closed, request, message, disconnected, banned or unbanned.</summary>
    public required string Kind { get; init; }

    /// <summary>How the call ended, at this owner; null of what is no call.</summary>
    public required string? Outcome { get; init; }

    /// <summary>How long the call took, in ms.</summary>
    public required double? ElapsedMs { get; init; }

    /// <summary>Why the connection ended, or was refused; null of what has no code.</summary>
    public required int? CloseCode { get; init; }

    /// <summary>The name of the gateway that held the connection.</summary>
    public required string? Gateway { get; init; }

    /// <summary>The name of the owner that has seen it.</summary>
    public required string Owner { get; init; }

    public static ClientEventBody From(ClientEvent happened, string owner)
    {
        var isCall = happened.Kind is ClientEventKind.Request or ClientEventKind.Message;
        return new ClientEventBody
        {
            At = happened.At,
            Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.Kind.ToString()),
            Outcome = isCall ? happened.Outcome.ToWireName() : null,
            ElapsedMs = isCall ? Math.Round(happened.Elapsed.TotalMilliseconds, 1) : null,
            CloseCode = happened.CloseCode == default ? null : (int)happened.CloseCode,
            Gateway = happened.Gateway,
            Owner = owner,
        };
    }
}
