namespace Swp.Grains.Services;

/// <summary>Whether a client may connect.</summary>
public sealed class OpenDecision
{
    /// <summary>The client may connect.</summary>
    public static readonly OpenDecision Accept = new(null);

    private OpenDecision(string? reason) => Reason = reason;

    /// <summary>Whether the client may connect.</summary>
    public bool IsAccepted => Reason is null;

    /// <summary>Why not, in words for the client.</summary>
    public string? Reason { get; }

    /// <summary>The client may not connect: it is told <paramref name="reason"/> and closed with 4501.</summary>
    public static OpenDecision Refuse(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(reason);
    }
}
