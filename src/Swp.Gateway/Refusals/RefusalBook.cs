using Swp.Overview;

namespace Swp.Gateway.Refusals;

/// <summary>
/// Who was refused lately, and how often, for whoever looks. The same reason from the same address is one line; of a reason only so many addresses are
/// told apart, so that a flood from everywhere is one line more, and when the book is full the line that is longest ago goes.
/// </summary>
internal sealed class RefusalBook(TimeProvider time)
{
    /// <summary>So many lines.</summary>
    public const int Capacity = 200;

    /// <summary>So many addresses of one reason.</summary>
    public const int AddressesOfOne = 20;

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(RefusalKind Kind, string Reason, string? Type, string? Address), Refusal> _lines = [];

    /// <summary>Somebody was refused.</summary>
    /// <param name="kind">At which door.</param>
    /// <param name="reason">Why: one of a few words, none of the peer's own.</param>
    /// <param name="type">The client type, if it exists.</param>
    /// <param name="address">From where.</param>
    public void Add(RefusalKind kind, string reason, string? type, string? address)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var key = (kind, reason, type, address);
            if (!_lines.ContainsKey(key) && !MakeRoomFor(kind, reason, type, now))
            {
                key.address = null;
            }

            if (_lines.TryGetValue(key, out var line))
            {
                _lines[key] = line with { Count = line.Count + 1, LastAt = now };
                return;
            }

            if (_lines.Count == Capacity)
            {
                _lines.Remove(_lines.MinBy(oldest => oldest.Value.LastAt).Key);
            }

            _lines[key] = new Refusal(kind, reason, type, key.address, 1, now, now);
        }
    }

    /// <summary>The lines, in no order.</summary>
    public Refusal[] Read()
    {
        lock (_gate)
        {
            return [.. _lines.Values];
        }
    }

    // An address that has been quiet for long makes room for another one.
    private bool MakeRoomFor(RefusalKind kind, string reason, string? type, DateTimeOffset now)
    {
        var alike = _lines.Where(line => (line.Key.Kind, line.Key.Reason, line.Key.Type) == (kind, reason, type)).ToArray();
        if (alike.Length < AddressesOfOne)
        {
            return true;
        }

        var quiet = alike.MinBy(line => line.Value.LastAt);
        return now - quiet.Value.LastAt > Quiet && _lines.Remove(quiet.Key);
    }
}
