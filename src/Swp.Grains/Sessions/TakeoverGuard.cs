using Swp.Cluster.Heartbeats;

namespace Swp.Grains.Sessions;

/// <summary>
/// Slows down two devices that fight over one id: each takeover sends the other one away, which comes back and takes over in turn. The first few are
/// free, as a device that restarts needs them; then the place is closed to newcomers for a while that doubles with each takeover.
/// </summary>
/// <remarks>
/// Asked only when a connection speaks for the client: where there is no predecessor there is no fight. Known to one activation only: a fight
/// goes on freely for a moment when the owner moves.
/// </remarks>
internal sealed class TakeoverGuard(TimeProvider time)
{
    /// <summary>A device that restarts on a bad line takes over from itself two or three times; a fight does so within a second.</summary>
    public const int FreeTakeovers = 3;

    /// <summary>How close to each other the free takeovers must be to count as a fight.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>How long the place is closed at first.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>The longest the place is closed: whoever has the right device in hand does not wait longer.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long nobody has to ask for an open place until the fight is over.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private TimeSpan _windowStart;
    private TimeSpan _wait;
    private TimeSpan _closedUntil;
    private TimeSpan _lastAsked;
    private int _taken;

    /// <summary>A newcomer would take over from a connection that is there.</summary>
    /// <returns><see langword="null"/> when it may, which counts; otherwise how long it has to wait.</returns>
    public TimeSpan? TryTakeOver()
    {
        var now = HeartbeatClock.Now(time);
        CalmDown(now);
        _lastAsked = now;
        if (now < _closedUntil)
        {
            return _closedUntil - now;
        }

        if (IsFight || IsFightFrom(now))
        {
            _wait = !IsFight ? FirstWait : _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
            _closedUntil = now + _wait;
        }

        return null;
    }

    /// <summary>Whether a newcomer would have to wait. Asking does not count.</summary>
    public bool IsClosed => HeartbeatClock.Now(time) < _closedUntil;

    private bool IsFight => _wait > TimeSpan.Zero;

    // While the place is closed nobody can have it: the quiet begins when it opens.
    private void CalmDown(TimeSpan now)
    {
        var since = _closedUntil > _lastAsked ? _closedUntil : _lastAsked;
        if (IsFight && now - since >= Quiet)
        {
            (_wait, _taken) = (TimeSpan.Zero, 0);
        }
    }

    private bool IsFightFrom(TimeSpan now)
    {
        if (_taken == 0 || now - _windowStart > Window)
        {
            (_windowStart, _taken) = (now, 0);
        }

        return ++_taken >= FreeTakeovers;
    }
}
