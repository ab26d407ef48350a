using Swp.Clients;
using Swp.Overview;

namespace Swp.Grains.Events;

/// <summary>The last events of one sort, whichever clients they are of: what is over the capacity takes the place of the oldest.</summary>
/// <param name="capacity">How many it holds.</param>
/// <param name="since">From when on it hears of them.</param>
internal sealed class EventRing(int capacity, DateTimeOffset since)
{
    private readonly Lock _gate = new();
    private readonly (ClientKey Client, ClientEvent Event)[] _slots = new (ClientKey, ClientEvent)[capacity];
    private DateTimeOffset _completeSince = since;
    private int _next;
    private int _count;

    /// <summary>Something has happened.</summary>
    public void Add(ClientKey client, in ClientEvent happened)
    {
        lock (_gate)
        {
            ref var slot = ref _slots[_next];
            if (_count == _slots.Length)
            {
                _completeSince = slot.Event.At;
            }
            else
            {
                _count++;
            }

            slot = (client, happened);
            _next = _next + 1 == _slots.Length ? 0 : _next + 1;
        }
    }

    /// <summary>Adds the newest events of a client to a list.</summary>
    /// <param name="client">The client.</param>
    /// <param name="limit">The most to add.</param>
    /// <param name="into">Takes them.</param>
    /// <returns>From when on none is missing.</returns>
    public DateTimeOffset Read(ClientKey client, int limit, List<ClientEvent> into)
    {
        lock (_gate)
        {
            for (var (left, at) = (_count, _next); left > 0; left--)
            {
                at = at == 0 ? _slots.Length - 1 : at - 1;
                ref readonly var slot = ref _slots[at];
                if (slot.Client != client)
                {
                    continue;
                }

                into.Add(slot.Event);
                if (--limit == 0)
                {
                    return slot.Event.At;
                }
            }

            return _completeSince;
        }
    }
}
