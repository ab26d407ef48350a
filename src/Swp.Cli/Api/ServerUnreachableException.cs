namespace Swp.Cli.Api;

/// <summary>No answer came: the message says why in one line.</summary>
internal sealed class ServerUnreachableException(string message, bool mayHaveArrived, Exception innerException) : Exception(message, innerException)
{
    /// <summary>Whether the server may have had the request all the same.</summary>
    public bool MayHaveArrived { get; } = mayHaveArrived;
}
