namespace Swp.Protocol;

/// <summary>The <c>error</c> member of a frame: what a program can act on, beside the words of <c>msg</c>.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="Retryable">Whether the same message may be sent again.</param>
/// <param name="RetryAfterMs">How long to wait first, in milliseconds.</param>
[GenerateSerializer, Immutable, Alias("swp.ErrorDetail")]
public sealed record ErrorDetail(
    [property: Id(0)] string Code,
    [property: Id(1)] bool Retryable = false,
    [property: Id(2)] int? RetryAfterMs = null);
