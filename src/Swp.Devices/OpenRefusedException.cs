namespace Swp.Devices;

/// <summary>The server answered OPEN with a failure; its close code follows.</summary>
internal sealed class OpenRefusedException(Frame answer) : Exception(answer.Msg ?? "OPEN was refused.")
{
    /// <summary>How long to wait before the next try, when the server says so.</summary>
    public TimeSpan? RetryAfter { get; } = answer.Error?.RetryAfterMs is { } wait
        ? TimeSpan.FromMilliseconds(Math.Clamp(wait, 0, (long)Devices.RetryAfter.Max.TotalMilliseconds))
        : null;
}
