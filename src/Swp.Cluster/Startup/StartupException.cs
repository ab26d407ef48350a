namespace Swp.Cluster.Startup;

/// <summary>A member cannot start as it is configured: the message is one line for an operator.</summary>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
