using System.Collections.Concurrent;
using Swp.Relay;

namespace Swp.Cluster.Links;

/// <summary>
/// The receiving end of links: a batch that is sent again, because its receipt was lost, gets the same receipt and has no second effect.
/// A sender has one batch in flight, so one receipt a sender is enough to remember. One for each kind of frame: a member with both roles has two.
/// </summary>
internal sealed class BatchReceiver<TFrame>
    where TFrame : struct, IRelayFrame
{
    private readonly ConcurrentDictionary<SiloAddress, (long Number, RelayReceipt Receipt)> _last = new();

    /// <summary>Applies a batch once. Calls of one sender must not overlap.</summary>
    public RelayReceipt Receive<TState>(SiloAddress sender, long number, TState state, Func<TState, RelayReceipt> apply)
    {
        if (_last.TryGetValue(sender, out var last) && number <= last.Number)
        {
            return last.Receipt;
        }

        var receipt = apply(state);
        _last[sender] = (number, receipt);
        return receipt;
    }

    /// <summary>Forgets the members that are gone.</summary>
    public void Forget(SiloAddress sender) => _last.TryRemove(sender, out _);
}
