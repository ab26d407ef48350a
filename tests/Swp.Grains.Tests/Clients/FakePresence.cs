using Swp.Relay;

namespace Swp.Grains.Tests.Clients;

/// <summary>The cluster has owners, until the test says otherwise.</summary>
internal sealed class FakePresence : IOwnerPresence
{
    private bool _any = true;
    private int _asked;

    /// <summary>How often a call has looked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public bool Any
    {
        get
        {
            Interlocked.Increment(ref _asked);
            return Volatile.Read(ref _any);
        }
        set => Volatile.Write(ref _any, value);
    }
}
