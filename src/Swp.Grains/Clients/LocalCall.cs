using Swp.Clients;

namespace Swp.Grains.Clients;

/// <summary>A call of this process to a client that is attached here, on its way through the client's activation.</summary>
/// <remarks>Its caller goes on elsewhere: what it does next must not hold up the activation.</remarks>
internal sealed class LocalCall(AttachedClient client, IFrameHandler handler, CallRequest request, bool oneWay, CancellationToken cancellationToken)
    : TaskCompletionSource<CallResult?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Runs as a turn of the activation. Never throws: how it ended is said to who waits.</summary>
    public async Task RunAsync()
    {
        try
        {
            // The activation may be ending, or another connection speak for the client by now: then it is to be asked for anew.
            TrySetResult(client.IsClosed ? null : await handler.OnCallAsync(request, oneWay, cancellationToken));
        }
        catch (Exception e)
        {
            TrySetException(e);
        }
    }
}
