namespace Swp.Devices;

/// <summary>What a program can act on when the server answers with a failure.</summary>
/// <param name="Code">For example <c>rate_limited</c>.</param>
/// <param name="Retryable">Whether the same may be asked again.</param>
/// <param name="RetryAfterMs">After how long.</param>
public sealed record FrameError(string? Code = null, bool Retryable = false, long? RetryAfterMs = null);
