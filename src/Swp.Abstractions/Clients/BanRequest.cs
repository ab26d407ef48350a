namespace Swp.Clients;

/// <summary>Keeps a client out.</summary>
/// <param name="Until">When it ends; <see langword="null"/> for ever.</param>
/// <param name="Reason">Why; the client is told.</param>
[GenerateSerializer, Immutable, Alias("swp.BanRequest")]
public sealed record BanRequest(
    [property: Id(0)] DateTimeOffset? Until,
    [property: Id(1)] string? Reason)
{
    /// <summary>Longest reason, in UTF-16 characters.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>Whether <paramref name="reason"/> may be the reason of a ban: at most 200 characters, no control characters, no unpaired surrogates.</summary>
    public static bool IsValidReason(string? reason) => reason is null || (reason.Length <= MaxReasonLength && PlainText.IsPlain(reason));
}
