namespace Swp.Cli.Api;

/// <summary>Who asked waits no longer.</summary>
internal sealed class InterruptedException(bool mayHaveArrived, Exception innerException, CancellationToken cancellationToken)
    : OperationCanceledException("Interrupted.", innerException, cancellationToken)
{
    /// <summary>Whether the server may have had the request all the same.</summary>
    public bool MayHaveArrived { get; } = mayHaveArrived;
}
