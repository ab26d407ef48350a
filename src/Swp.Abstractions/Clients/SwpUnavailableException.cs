namespace Swp.Clients;

/// <summary>The cluster, or the owner of a client, could not be reached. Retry.</summary>
public sealed class SwpUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
