using Swp.Clients;

namespace Swp.Grains.Promises;

/// <summary>
/// The calls of one client that ended here lately. A call whose caller does not know that gets the same outcome again, and an attempt that comes late,
/// after a later one of the same call, is not carried out. Touched by the client's activation only; holds nothing while the client is not called.
/// </summary>
internal sealed class RecentCalls(TimeSpan since)
{
    /// <summary>Calls of a single attempt, which only matter when their result was lost on its way.</summary>
    public const int Ordinary = 64;

    /// <summary>Calls of several attempts, of which an earlier one may still be under way.</summary>
    public const int Retried = 256;

    // Everything but a client's answer: it is always kept, or a call that was not sent could not be made again.
    private const int Light = 1024;

    /// <summary>What the kept answers may weigh, in bytes; beyond it only the fact is kept.</summary>
    private const int MaxWeight = 256 * 1024;

    private readonly Dictionary<string, Entry> _calls = new(StringComparer.Ordinal);
    private readonly Queue<(string Uuid, TimeSpan At)> _ordinary = new();
    private readonly Queue<(string Uuid, TimeSpan At)> _retried = new();
    private int _weight;

    /// <summary>Since when every call that ended here is known, in uptime.</summary>
    public TimeSpan CompleteSince { get; private set; } = since;

    /// <summary>When the last one ended, in uptime.</summary>
    public TimeSpan LastAt { get; private set; } = since;

    /// <summary>How many are known.</summary>
    public int Count => _calls.Count;

    /// <summary>Finds a call that has ended here.</summary>
    public bool TryFind(string uuid, out Entry entry) => _calls.TryGetValue(uuid, out entry);

    /// <summary>A call has ended.</summary>
    /// <param name="uuid">The call.</param>
    /// <param name="attempt">The last attempt that asked for it.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="now">In uptime.</param>
    public void Add(string uuid, int attempt, CallResult result, TimeSpan now)
    {
        Remove(uuid);
        var (queue, limit) = attempt > 1 ? (_retried, Retried) : (_ordinary, Ordinary);
        while (queue.Count >= limit)
        {
            Forget(queue.Dequeue());
        }

        var weight = WeightOf(result);
        var kept = weight <= Light || _weight + weight <= MaxWeight ? result : null;
        _weight += WeightOf(kept);
        _calls[uuid] = new Entry(attempt, kept, now);
        queue.Enqueue((uuid, now));
        LastAt = now;
    }

    /// <summary>A call has left here without an end: not everything before is known any more.</summary>
    /// <param name="now">In uptime.</param>
    public void LoseTrack(TimeSpan now) => CompleteSince = now > CompleteSince ? now : CompleteSince;

    private static int WeightOf(CallResult? result) =>
        result is null ? 0 : result.Data.Length + (3 * ((result.Message?.Length ?? 0) + (result.Code?.Length ?? 0)));

    private void Forget((string Uuid, TimeSpan At) oldest)
    {
        // Entered again since: it has a younger place in a queue.
        if (_calls.TryGetValue(oldest.Uuid, out var entry) && entry.At == oldest.At)
        {
            Remove(oldest.Uuid);
            LoseTrack(oldest.At);
        }
    }

    private void Remove(string uuid)
    {
        if (_calls.Remove(uuid, out var entry))
        {
            _weight -= WeightOf(entry.Result);
        }
    }

    /// <summary>A call that has ended.</summary>
    /// <param name="Attempt">The last attempt that asked for it.</param>
    /// <param name="Result">How it ended, unless that was too large to keep.</param>
    /// <param name="At">When, in uptime.</param>
    internal readonly record struct Entry(int Attempt, CallResult? Result, TimeSpan At);
}
