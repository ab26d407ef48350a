using Swp.Clients;
using Swp.Grains.Promises;

namespace Swp.Grains.Clients;

/// <summary>The open requests of one client, in the order they came. Touched by its activation only.</summary>
internal sealed class OpenCalls
{
    private readonly List<Promise> _promises = [];

    public int Count => _promises.Count;

    /// <summary>Those that have no outcome yet; the others are about to be removed.</summary>
    public int OpenCount => _promises.Count(promise => promise.State != PromiseState.Settled);

    public void Add(Promise promise) => _promises.Add(promise);

    public void Remove(Promise promise) => _promises.Remove(promise);

    /// <summary>The one of this uuid, whether it has an outcome by now or not.</summary>
    public Promise? Find(string? uuid)
    {
        // Nearly always empty, or a few.
        foreach (var promise in _promises)
        {
            if (promise.Uuid == uuid)
            {
                return promise;
            }
        }

        return null;
    }

    /// <summary>Those that wait for a connection.</summary>
    public Promise[] Waiting() => [.. _promises.Where(promise => promise.State == PromiseState.Waiting)];

    /// <summary>A connection has ended: what was sent to it is lost, or waits for the next one.</summary>
    public void OnConnectionEnded(SiloAddress gateway, long connectionId)
    {
        foreach (var promise in _promises)
        {
            promise.OnConnectionEnded(gateway, connectionId);
        }
    }

    /// <summary>The client is kept out from now on.</summary>
    public void Bar(CallResult refused)
    {
        foreach (var promise in _promises)
        {
            promise.Bar(refused);
        }
    }

    /// <summary>The activation ends although they are open: the next one takes them up.</summary>
    public void Move()
    {
        foreach (var promise in _promises)
        {
            promise.Move();
        }
    }
}
