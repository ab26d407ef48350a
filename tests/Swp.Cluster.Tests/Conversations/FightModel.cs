namespace Swp.Cluster.Tests.Conversations;

/// <summary>
/// What docs/protocol.md says of two devices that fight over one id: three takeovers within 30 s are free, then each closes the place for 1 s, 2 s … 60 s,
/// and a minute in which nobody asks for an open place ends it. The gateway that has refused one refuses the next ones itself, for up to 5 s.
/// </summary>
internal sealed class FightModel
{
    private const int Free = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly List<TimeSpan> _takeovers = [];
    private TimeSpan _closedUntil;
    private TimeSpan _wait;
    private TimeSpan _lastAsked;
    private TimeSpan _refusedByGatewayUntil;

    /// <summary>Whether a newcomer gets the place of a connection that is there.</summary>
    public bool TryTakeOver(TimeSpan now)
    {
        if (now < _refusedByGatewayUntil)
        {
            return false;
        }

        if (_wait > TimeSpan.Zero && now - (_closedUntil > _lastAsked ? _closedUntil : _lastAsked) >= Longest)
        {
            (_wait, _closedUntil) = (TimeSpan.Zero, TimeSpan.Zero);
            _takeovers.Clear();
        }

        _lastAsked = now;
        if (now < _closedUntil)
        {
            _refusedByGatewayUntil = now + (_closedUntil - now < Memory ? _closedUntil - now : Memory);
            return false;
        }

        if (_takeovers.Count > 0 && now - _takeovers[0] > Window && _wait == TimeSpan.Zero)
        {
            _takeovers.Clear();
        }

        _takeovers.Add(now);
        if (_takeovers.Count >= Free)
        {
            _wait = _wait == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : _wait * 2 < Longest ? _wait * 2 : Longest;
            _closedUntil = now + _wait;
        }

        return true;
    }

    /// <summary>A connection of the client has ended.</summary>
    public void OnEnded() => _refusedByGatewayUntil = TimeSpan.Zero;

    /// <summary>Whether the gateway itself refuses, whoever is there.</summary>
    public bool IsRefusedByGateway(TimeSpan now) => now < _refusedByGatewayUntil;
}
