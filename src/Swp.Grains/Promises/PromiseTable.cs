using System.Collections.Concurrent;
using Swp.Clients;
using Swp.Cluster.Heartbeats;
using Swp.Relay;

namespace Swp.Grains.Promises;

/// <summary>
/// The open promises of all clients of this silo, found by the uuid of an answer. Silo-wide and thread-safe, so that an answer reaches its
/// promise without a grain call. Each client's limit of pending requests bounds it.
/// </summary>
internal sealed class PromiseTable(DeadlineWheel wheel, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Promise> _promises = new(StringComparer.Ordinal);
    private readonly UuidSource _uuids = new();

    /// <summary>How many requests are open.</summary>
    public int Count => _promises.Count;

    /// <summary>Whether no new requests are taken: the silo stops, and those that are open are given their time.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The same, asked after one was entered: either this is seen, or whoever closes the table sees that one.</summary>
    public bool IsClosedMeanwhile
    {
        get
        {
            Interlocked.MemoryBarrier();
            return IsClosed;
        }
    }

    /// <summary>Takes no new requests.</summary>
    public void Close()
    {
        IsClosed = true;
        Interlocked.MemoryBarrier();
    }

    /// <summary>Makes a promise and enters it, or finds the one that the same call has already: its caller has asked again.</summary>
    public Promise Create(CallRequest request, bool oneWay, out bool isNew)
    {
        var created = new Promise(request.Uuid ?? _uuids.Next(), request, oneWay, this) { EndsAt = HeartbeatClock.Now(time) + request.WaitForConnect + request.Timeout };
        var promise = _promises.GetOrAdd(created.Uuid, created);
        isNew = ReferenceEquals(promise, created);
        return promise;
    }

    /// <summary>What is left of the time a call may take in all: waiting for its client, and the client's answer.</summary>
    public TimeSpan TimeLeft(Promise promise) => promise.EndsAt - HeartbeatClock.Now(time);

    /// <summary>
    /// Its caller waits this much longer and no more: an attempt that was under way for long, held by a grain that moved, comes with more time than it has.
    /// </summary>
    public void Shorten(Promise promise, TimeSpan left)
    {
        var endsAt = HeartbeatClock.Now(time) + left;
        if (endsAt < promise.EndsAt)
        {
            promise.EndsAt = endsAt;
            wheel.Hasten(promise, left);
        }
    }

    /// <summary>Starts, or restarts, the time a promise has.</summary>
    public void Arm(Promise promise, TimeSpan after)
    {
        wheel.Arm(promise, after);
        if (promise.State == PromiseState.Settled)
        {
            // It was settled in between: nothing may stay on the wheel.
            wheel.Disarm(promise);
        }
    }

    public bool TryGet(string? uuid, out Promise promise)
    {
        promise = null!;
        return uuid is not null && _promises.TryGetValue(uuid, out promise!);
    }

    /// <summary>A client's answer. <see langword="false"/> when nobody waits for it.</summary>
    public bool TryAnswer(SiloAddress gateway, in OwnerboundFrame frame) =>
        TryGet(frame.Uuid, out var promise) && promise.TryAnswer(gateway, frame);

    /// <summary>Takes a settled promise out.</summary>
    public void Remove(Promise promise)
    {
        _promises.TryRemove(new KeyValuePair<string, Promise>(promise.Uuid, promise));
        wheel.Disarm(promise);
    }

    /// <summary>Lets go of everything that is still open: the clients' next owners take it up.</summary>
    public void MoveAll()
    {
        foreach (var promise in _promises.Values)
        {
            promise.Move();
        }
    }

    /// <summary>Settles everything that is still open, when the silo stops.</summary>
    public void AbandonAll()
    {
        foreach (var promise in _promises.Values)
        {
            promise.Abandon();
        }
    }
}
