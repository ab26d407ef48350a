namespace Swp.Chaos.Clients;

/// <summary>Numbers the connections of one id. Two devices that fight for an id share it.</summary>
internal sealed class ConnectionCounter
{
    private int _last;

    public int Next() => Interlocked.Increment(ref _last);
}
