using System.Text;
using Swp.Clients;
using Swp.Gateway.Protocol;
using Swp.Protocol;

namespace Swp.Gateway.Tests.Protocol;

/// <summary>A message as it arrives, what it means, and how the server writes that meaning.</summary>
internal sealed record FrameVector
{
    /// <summary>The message as it arrives.</summary>
    public required string Json { get; init; }

    /// <summary>The same meaning as the server writes it, at <see cref="FrameVectors.Time"/>; exactly <see cref="Json"/> when left out.</summary>
    public string? Written { get; init; }

    public required SessionType Type { get; init; }

    public string? UnknownType { get; init; }

    public string? Uuid { get; init; }

    public string Code { get; init; } = "0";

    public string? Message { get; init; }

    /// <summary>The payload's JSON text; <see langword="null"/> for none.</summary>
    public string? Data { get; init; }

    /// <summary>Written by the server only: ignored when it arrives.</summary>
    public ErrorDetail? Error { get; init; }

    public OutboundFrame ToOutbound() => new()
    {
        Type = Type,
        UnknownType = UnknownType,
        Uuid = Uuid,
        Code = Code,
        Message = Message,
        Data = Data is null ? JsonPayload.None : JsonPayload.FromValidated(Encoding.UTF8.GetBytes(Data)),
        Error = Error,
    };
}
