namespace Swp.Samples.Common;

/// <summary>What a program can act on when the server answers with a failure.</summary>
public sealed record FrameError(string? Code = null, bool Retryable = false, long? RetryAfterMs = null);
