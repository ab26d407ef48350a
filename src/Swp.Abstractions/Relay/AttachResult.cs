using Swp.Protocol;

namespace Swp.Relay;

/// <summary>The owner's answer to an <see cref="AttachRequest"/>.</summary>
[GenerateSerializer, Immutable, Alias("swp.AttachResult")]
public sealed record AttachResult
{
    /// <summary>How it ended.</summary>
    [Id(0)]
    public required AttachStatus Status { get; init; }

    /// <summary>The owner that answered.</summary>
    [Id(1)]
    public required SiloAddress Owner { get; init; }

    /// <summary>The epoch of the attachment.</summary>
    [Id(2)]
    public long Epoch { get; init; }

    /// <summary>The last sequence number the owner has seen of this connection; what is older need not be sent again.</summary>
    [Id(3)]
    public long LastSequence { get; init; }

    /// <summary>
    /// Whether the owner had this very connection already: what it took of it is still under way there. Otherwise nobody answers what was taken before.
    /// </summary>
    [Id(7)]
    public bool Continued { get; init; }

    /// <summary>When attached, of a type with limits: what the client has used up of them, with whatever connection.</summary>
    [Id(8)]
    public SpentAllowance? Spent { get; init; }

    /// <summary>When refused: the words for the client.</summary>
    [Id(4)]
    public string? Message { get; init; }

    /// <summary>When refused: what a program can act on.</summary>
    [Id(5)]
    public ErrorDetail? Error { get; init; }

    /// <summary>When refused: the code to close with.</summary>
    [Id(6)]
    public CloseCode CloseCode { get; init; }
}
