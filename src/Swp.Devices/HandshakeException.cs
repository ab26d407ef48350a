namespace Swp.Devices;

/// <summary>No WebSocket came about; the message says why in one line.</summary>
internal sealed class HandshakeException(string message, TimeSpan? retryAfter, Exception innerException) : Exception(message, innerException)
{
    /// <summary>How long the server wants to be left alone, when it said so.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
