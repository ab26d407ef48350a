using System.Collections.Concurrent;

namespace Swp.Chaos.Logs;

/// <summary>Takes down what happens. Holds as much as happens in a run, which its length and rate bound.</summary>
internal sealed class RunRecorder(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly ConcurrentQueue<ClientEvent> _events = new();
    private readonly ConcurrentDictionary<long, Call> _calls = new();
    private readonly ConcurrentDictionary<long, Call> _open = new();
    private readonly ConcurrentQueue<CallEnd> _ends = new();
    private readonly ConcurrentQueue<Fault> _faults = new();
    private readonly ConcurrentQueue<MemberEnd> _memberEnds = new();
    private readonly ConcurrentQueue<Period> _stalls = new();
    private long _lastCall;
    private int _newcomers;

    public TimeProvider Time => time;

    /// <summary>Since the run began.</summary>
    public TimeSpan Now => time.GetElapsedTime(_started);

    /// <summary>The calls that have not ended.</summary>
    public ICollection<Call> OpenCalls => _open.Values;

    public IReadOnlyCollection<MemberEnd> MemberEnds => _memberEnds;

    public long NextCall() => Interlocked.Increment(ref _lastCall);

    /// <summary>Numbers the clients that come for a while.</summary>
    public int NextNewcomer() => Interlocked.Increment(ref _newcomers);

    public void Add(ClientEvent seen) => _events.Enqueue(seen);

    public void Add(Fault fault) => _faults.Enqueue(fault);

    public void Add(MemberEnd end) => _memberEnds.Enqueue(end);

    public void Add(Period stall) => _stalls.Enqueue(stall);

    /// <summary>A call is about to enter; again when it could not enter where it was tried first.</summary>
    public void Begin(Call call) => _calls[call.Number] = _open[call.Number] = call;

    /// <summary>A call could not enter: it is none yet.</summary>
    public void Withdraw(Call call)
    {
        _calls.TryRemove(call.Number, out _);
        _open.TryRemove(call.Number, out _);
    }

    public void End(CallEnd end)
    {
        _ends.Enqueue(end);
        _open.TryRemove(end.Number, out _);
    }

    /// <summary>What was seen so far.</summary>
    public RunLog Close() => new()
    {
        End = Now,
        Events = [.. _events.OrderBy(seen => seen.At)],
        Calls = [.. _calls.Values.OrderBy(call => call.Start)],
        Ends = [.. _ends],
        Faults = [.. _faults],
        MemberEnds = [.. _memberEnds],
        Stalls = [.. _stalls],
    };
}
