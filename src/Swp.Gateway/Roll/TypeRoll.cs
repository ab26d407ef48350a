using Swp.Gateway.Relay;

namespace Swp.Gateway.Roll;

/// <summary>
/// The open connections of one type, in the order in which they opened. Entering appends and leaving leaves a gap, so that the order never changes and
/// a page is a search and a walk; the gaps are closed when they are as many as the connections, so that neither costs more than that.
/// </summary>
internal sealed class TypeRoll
{
    private const long HasLeft = -1;
    private const int FewGaps = 64;

    private readonly Lock _gate = new();
    private readonly List<Line> _lines = [];
    private long _last;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The number of the newest connection.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Enters a connection that has opened, unless it has left already.</summary>
    public void Enter(ClientRelay relay)
    {
        lock (_gate)
        {
            if (relay.RollNumber == 0)
            {
                relay.RollNumber = ++_last;
                _lines.Add(new Line(_last, relay));
                _count++;
            }
        }
    }

    /// <summary>Takes a connection out that closes. One that has not entered never will.</summary>
    public void Leave(ClientRelay relay)
    {
        lock (_gate)
        {
            var number = relay.RollNumber;
            relay.RollNumber = HasLeft;
            if (number <= 0)
            {
                return;
            }

            _lines[IndexOf(number)] = new Line(number, null);
            _count--;
            if (_lines.Count - _count > _count + FewGaps)
            {
                _lines.RemoveAll(static line => line.Relay is null);
            }
        }
    }

    /// <summary>Reads the next connections.</summary>
    /// <param name="after">The number to go on after; set to that of the last one that was read.</param>
    /// <param name="upTo">The last number to read.</param>
    /// <param name="limit">The most to read.</param>
    /// <param name="into">Takes them.</param>
    /// <returns>Whether there are more.</returns>
    public bool Read(ref long after, long upTo, int limit, List<ClientRelay> into)
    {
        lock (_gate)
        {
            for (var index = IndexOf(after + 1); index < _lines.Count; index++)
            {
                var (number, relay) = _lines[index];
                if (number > upTo)
                {
                    return false;
                }

                if (relay is null)
                {
                    continue;
                }

                if (limit-- == 0)
                {
                    return true;
                }

                into.Add(relay);
                after = number;
            }

            return false;
        }
    }

    /// <summary>The place of a number, or of the next one.</summary>
    private int IndexOf(long number)
    {
        var (low, high) = (0, _lines.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _lines[middle].Number < number ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Line(long Number, ClientRelay? Relay);
}
