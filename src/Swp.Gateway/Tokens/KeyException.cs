namespace Swp.Gateway.Tokens;

/// <summary>Keys cannot be read: the message says why, and holds nothing of them.</summary>
internal sealed class KeyException(string message, Exception? innerException = null) : Exception(message, innerException);
