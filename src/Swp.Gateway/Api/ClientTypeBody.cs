using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>A client type.</summary>
internal sealed record ClientTypeBody
{
    /// <summary>Its name, as in a path.</summary>
    public required string Name { get; init; }

    /// <summary>The name shown to people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>How many connections of it are open, over all gateways that answered.</summary>
    public required int Connected { get; init; }

    /// <summary>How the server's own payloads are written: <c>string</c> (JSON text in a string) or <c>json</c>.</summary>
    public required string PayloadStyle { get; init; }

    /// <summary>Whether its clients need a token.</summary>
    public required bool RequiresToken { get; init; }

    /// <summary>The limits that are in force.</summary>
    public required ClientTypeLimitsBody Limits { get; init; }

    public static ClientTypeBody From(ClientTypeStatus status) => new()
    {
        Name = status.Type.Name,
        DisplayName = status.Type.DisplayName,
        Connected = status.Connected,
        PayloadStyle = status.Type.RawJson ? "json" : "string",
        RequiresToken = status.Type.RequiresToken,
        Limits = ClientTypeLimitsBody.From(status.Type),
    };
}
