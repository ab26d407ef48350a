using Swp.Clients;
using Swp.Relay;

namespace Swp.Client.Calls;

/// <summary>Remembers that a client's owner is this very process, so that the next call to it goes there directly, without the messages of the runtime.</summary>
internal sealed class LocalWay
{
    // Weak: a client that has left must not be kept for a caller who may never call it again.
    private volatile WeakReference<ILocalClient>? _known;

    /// <summary>Makes an attempt: directly where that is known to be possible, else by a grain call, which tells.</summary>
    public async Task<CallResult> CallAsync(IClientGrain grain, CallRequest request, bool oneWay, CancellationToken cancellationToken)
    {
        if (_known?.TryGetTarget(out var client) == true)
        {
            if (await client.CallAsync(request, oneWay, cancellationToken) is { } here)
            {
                return here;
            }

            // It has moved, or comes by another connection: nothing was done.
            _known = null;
        }

        var result = await (oneWay ? grain.SendAsync(request, cancellationToken) : grain.RequestAsync(request, cancellationToken));
        if (result.Here is not { } found)
        {
            return result;
        }

        _known = new WeakReference<ILocalClient>(found);
        return result with { Here = null };
    }
}
