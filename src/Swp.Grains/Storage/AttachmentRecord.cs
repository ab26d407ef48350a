namespace Swp.Grains.Storage;

/// <summary>The connection that spoke for a client when the record was written.</summary>
[GenerateSerializer, Immutable, Alias("swp.AttachmentRecord")]
internal sealed record AttachmentRecord
{
    [Id(0)]
    public required SiloAddress Gateway { get; init; }

    [Id(1)]
    public required string GatewayName { get; init; }

    [Id(2)]
    public required long ConnectionId { get; init; }

    [Id(3)]
    public required DateTimeOffset ConnectedAt { get; init; }

    [Id(4)]
    public string? RemoteAddress { get; init; }

    /// <summary>The last frame of the connection that took effect. Only as fresh as the record.</summary>
    [Id(5)]
    public long LastSequence { get; init; }
}
