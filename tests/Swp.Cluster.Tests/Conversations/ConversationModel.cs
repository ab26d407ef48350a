using Swp.Clients;

namespace Swp.Cluster.Tests.Conversations;

/// <summary>What docs/protocol.md promises, said once more in the simplest way: from what happens, what each connection must see.</summary>
internal sealed class ConversationModel
{
    public const int Slots = 3;
    public const int Clients = 2;

    /// <summary>A refusal that asks to wait comes with the first look at the clock after half a second.</summary>
    public static readonly TimeSpan RefusalDelay = TimeSpan.FromMilliseconds(613);

    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan LeastBetweenHearts = TimeSpan.FromSeconds(40.5);

    // None adds up to a limit exactly: a timestamp of today is too large for a double to hold its last digits, and which side of the limit it falls on is chance.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1.079), TimeSpan.FromSeconds(4.139), TimeSpan.FromSeconds(10.111), TimeSpan.FromSeconds(40.037), TimeSpan.FromSeconds(41.053), TimeSpan.FromSeconds(61.091)];

    private readonly Connection?[] _slots = new Connection?[Slots];
    private readonly FightModel[] _fights = [.. Enumerable.Range(0, Clients).Select(_ => new FightModel())];
    private readonly bool[] _known = new bool[Clients];
    private TimeSpan _now;

    /// <summary>Whether a connection is there.</summary>
    public bool IsConnected(int slot) => _slots[slot] is not null;

    /// <summary>Whether a connection is open.</summary>
    public bool IsOpen(int slot) => _slots[slot] is { Client: not null };

    /// <summary>The connection that speaks for a client, if one does.</summary>
    public int? SpeakerOf(int client) => Array.FindIndex(_slots, slot => slot?.Client == client) is var slot and >= 0 ? slot : null;

    /// <summary>How long a wait is.</summary>
    public static TimeSpan LengthOf(Step wait) => Waits[wait.Variant];

    /// <summary>How a call to a client must end that it answers if it is there.</summary>
    public CallOutcome OutcomeOf(Step ask) =>
        SpeakerOf(ask.Client) is null ? _known[ask.Client] ? CallOutcome.NotConnected : CallOutcome.UnknownClient
        : Leaves(ask) ? CallOutcome.LostInFlight
        : CallOutcome.Completed;

    /// <summary>Whether the client leaves instead of answering.</summary>
    public static bool Leaves(Step ask) => ask.Variant >= 4;

    /// <summary>A moment passes in which nothing is due.</summary>
    public void Drift(TimeSpan moment) => _now += moment;

    /// <summary>What must come of a step.</summary>
    public IReadOnlyList<Expected> Play(Step step)
    {
        if (step.Kind == StepKind.Connect)
        {
            _slots[step.Slot] ??= new Connection { Accepted = _now, LastReceived = _now };
            return [];
        }

        if (step.Kind == StepKind.Wait)
        {
            return Pass(LengthOf(step));
        }

        var which = step.Kind == StepKind.Ask ? SpeakerOf(step.Client) : step.Slot;
        if (which is not { } slot || _slots[slot] is not { } connection)
        {
            return [];
        }

        connection.LastReceived = _now;
        return step.Kind switch
        {
            StepKind.Open => Open(slot, connection, step.Client),
            StepKind.OpenForNobody => [Expected.Refusal(slot, "0001", "invalid_client_id"), End(slot, 4507)],
            StepKind.Garbage => [End(slot, Garbage.All[step.Variant].Code)],
            StepKind.Leave => [End(slot, 1000)],
            StepKind.Ask => Leaves(step) ? [Expected.Frame(slot, "0002"), End(slot, 1000)] : [Expected.Frame(slot, "0002")],
            StepKind.Heart => Beat(slot, connection),
            _ when connection.Client is null => [End(slot, 4508)],
            StepKind.Query => [Expected.Frame(slot, "0003")],
            StepKind.UnknownType => [Expected.Refusal(slot, "0009", "unknown_session_type")],
            _ => [],
        };
    }

    private List<Expected> Open(int slot, Connection connection, int client)
    {
        if (connection.Client is { } already)
        {
            return already == client ? [Expected.Frame(slot, "0001")] : [Expected.Refusal(slot, "0001", "invalid_client_id"), End(slot, 4507)];
        }

        var before = SpeakerOf(client);
        if (_fights[client].IsRefusedByGateway(_now) || (before is not null && !_fights[client].TryTakeOver(_now)))
        {
            connection.IsRefused = true;
            return Pass(RefusalDelay);
        }

        connection.Client = client;
        _known[client] = true;
        return before is { } old ? [Expected.Frame(slot, "0001"), End(old, 4502)] : [Expected.Frame(slot, "0001")];
    }

    private Expected[] Beat(int slot, Connection connection)
    {
        if (connection.LastHeart is { } last && _now - last < LeastBetweenHearts)
        {
            return [Expected.Refusal(slot, "0000", "heartbeat_too_frequent"), End(slot, 4008)];
        }

        connection.LastHeart = _now;
        return [];
    }

    private List<Expected> Pass(TimeSpan time)
    {
        _now += time;
        var expected = new List<Expected>();
        for (var slot = 0; slot < Slots; slot++)
        {
            if (_slots[slot] is not { } connection)
            {
                continue;
            }

            if (connection.IsRefused)
            {
                expected.Add(Expected.Refusal(slot, "0001", "rate_limited"));
                expected.Add(End(slot, 4005));
            }
            else if (connection.Client is null && _now - connection.Accepted > OpenTimeout)
            {
                expected.Add(End(slot, 4508));
            }
            else if (_now - connection.LastReceived > IdleTimeout)
            {
                expected.Add(End(slot, 4001));
            }
        }

        return expected;
    }

    private Expected End(int slot, int code)
    {
        if (_slots[slot]!.Client is { } client)
        {
            _fights[client].OnEnded();
        }

        _slots[slot] = null;
        return Expected.Close(slot, code);
    }

    private sealed class Connection
    {
        public TimeSpan Accepted { get; init; }

        public TimeSpan LastReceived { get; set; }

        public TimeSpan? LastHeart { get; set; }

        public int? Client { get; set; }

        /// <summary>It is told so a moment later.</summary>
        public bool IsRefused { get; set; }
    }
}
