using Swp.Clients;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>
/// The clients whose OPEN an owner has refused for a while: a client that does not wait is refused here, and its owner is spared. Only a gateway's
/// own memory: an owner says the same again.
/// </summary>
internal sealed class RefusedOpens(TimeProvider time)
{
    /// <summary>More than this many fights at one gateway are left to the owners.</summary>
    public const int Capacity = 10_000;

    /// <summary>
    /// How long one is remembered, however long the client is to wait: the connection it would have taken over from may end meanwhile, at another
    /// gateway, and then its owner would take it.
    /// </summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<ClientKey, (AttachResult Refusal, long At)> _refused = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _refused.Count;
            }
        }
    }

    /// <summary>The refusal that is still in force for a client, with the time that is left of it.</summary>
    public AttachResult? Find(ClientKey key)
    {
        lock (_gate)
        {
            if (!_refused.TryGetValue(key, out var refused))
            {
                return null;
            }

            if (IsInForce(refused.Refusal, refused.At))
            {
                var left = WaitOf(refused.Refusal) - time.GetElapsedTime(refused.At);
                return refused.Refusal with { Error = refused.Refusal.Error! with { RetryAfterMs = (int)Math.Ceiling(left.TotalMilliseconds) } };
            }

            _refused.Remove(key);
            return null;
        }
    }

    /// <summary>An owner has refused a client. Remembered when it said for how long.</summary>
    public void Remember(ClientKey key, AttachResult refusal)
    {
        if (WaitOf(refusal) <= TimeSpan.Zero)
        {
            return;
        }

        lock (_gate)
        {
            if (_refused.Count >= Capacity)
            {
                RemoveOld();
            }

            if (_refused.Count < Capacity)
            {
                _refused[key] = (refusal, time.GetTimestamp());
            }
        }
    }

    /// <summary>A connection of the client has ended: perhaps the very one that was in the way.</summary>
    public void Forget(ClientKey key)
    {
        lock (_gate)
        {
            _refused.Remove(key);
        }
    }

    private static TimeSpan WaitOf(AttachResult refusal) => TimeSpan.FromMilliseconds(refusal.Error?.RetryAfterMs ?? 0);

    private bool IsInForce(AttachResult refusal, long at)
    {
        var elapsed = time.GetElapsedTime(at);
        return elapsed < Memory && elapsed < WaitOf(refusal);
    }

    private void RemoveOld()
    {
        foreach (var (key, refused) in _refused)
        {
            if (!IsInForce(refused.Refusal, refused.At))
            {
                _refused.Remove(key);
            }
        }
    }
}
