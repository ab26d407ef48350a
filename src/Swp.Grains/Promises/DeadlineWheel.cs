namespace Swp.Grains.Promises;

/// <summary>
/// Deadlines of a whole silo on one timer: a hashed timing wheel. Adding and removing cost the same however many there are; a deadline never
/// fires early, and fires less than two ticks late. (Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987.)
/// </summary>
internal sealed class DeadlineWheel(TimeProvider time) : IDisposable
{
    /// <summary>The wheel's resolution: far finer than the second a call may take beyond its time-out.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // A power of two; one round is 102 s, longer than nearly every deadline.
    private const int SlotCount = 2048;

    // In the list of those that are to fire now, where one can still be disarmed or armed anew.
    private const long Due = -1;

    private readonly Lock _gate = new();
    private readonly Deadline?[] _slots = new Deadline?[SlotCount];
    private readonly long _origin = time.GetTimestamp();
    private Deadline? _due;
    private long _now;
    private ITimer? _timer;
    private long _armed;
    private long _expired;

    /// <summary>How many are armed.</summary>
    public long ArmedCount => Volatile.Read(ref _armed);

    /// <summary>How many have fired.</summary>
    public long ExpiredCount => Volatile.Read(ref _expired);

    /// <summary>Starts the timer.</summary>
    public void Start() => _timer ??= time.CreateTimer(static wheel => ((DeadlineWheel)wheel!).Advance(), this, Tick, Tick);

    /// <summary>Arms <paramref name="deadline"/>, or arms it anew.</summary>
    public void Arm(Deadline deadline, TimeSpan after)
    {
        lock (_gate)
        {
            Unlink(deadline);
            deadline.DueTick = DueTickOf(after);
            Link(deadline);
        }
    }

    /// <summary>Moves <paramref name="deadline"/> forward; one that is not armed, or is due sooner, stays as it is.</summary>
    public void Hasten(Deadline deadline, TimeSpan after)
    {
        lock (_gate)
        {
            if (deadline.IsArmed && DueTickOf(after) is var due && due < deadline.DueTick)
            {
                Unlink(deadline);
                deadline.DueTick = due;
                Link(deadline);
            }
        }
    }

    /// <summary>Disarms <paramref name="deadline"/>; no harm when it is not armed. It may already be expiring on another thread.</summary>
    public void Disarm(Deadline deadline)
    {
        lock (_gate)
        {
            Unlink(deadline);
        }
    }

    /// <summary>Fires everything that is due.</summary>
    public void Advance()
    {
        lock (_gate)
        {
            var target = CurrentTick();

            // After a long pause one round visits every slot.
            var last = Math.Min(target, _now + SlotCount);
            for (var tick = _now + 1; tick <= last; tick++)
            {
                CollectDue(tick & (SlotCount - 1), target);
            }

            _now = Math.Max(_now, target);
        }

        while (TakeDue() is { } deadline)
        {
            Interlocked.Increment(ref _expired);
            deadline.Expire();
        }
    }

    public void Dispose() => _timer?.Dispose();

    // The first tick that is not before the time: rounded up once, after adding.
    private long DueTickOf(TimeSpan after)
    {
        var due = (time.GetElapsedTime(_origin) + after).Ticks;
        return Math.Max((due + Tick.Ticks - 1) / Tick.Ticks, _now + 1);
    }

    private long CurrentTick() => time.GetElapsedTime(_origin).Ticks / Tick.Ticks;

    private void CollectDue(long slot, long target)
    {
        for (var deadline = _slots[slot]; deadline is not null;)
        {
            var next = deadline.Next;
            if (deadline.DueTick <= target)
            {
                Unlink(deadline);
                deadline.DueTick = Due;
                Link(deadline);
            }

            deadline = next;
        }
    }

    private Deadline? TakeDue()
    {
        lock (_gate)
        {
            var deadline = _due;
            if (deadline is not null)
            {
                Unlink(deadline);
            }

            return deadline;
        }
    }

    private ref Deadline? HeadOf(long dueTick) => ref dueTick == Due ? ref _due : ref _slots[dueTick & (SlotCount - 1)];

    private void Link(Deadline deadline)
    {
        ref var head = ref HeadOf(deadline.DueTick);
        deadline.Next = head;
        deadline.Previous = null;
        if (head is not null)
        {
            head.Previous = deadline;
        }

        head = deadline;
        deadline.IsArmed = true;
        _armed++;
    }

    private void Unlink(Deadline deadline)
    {
        if (!deadline.IsArmed)
        {
            return;
        }

        if (deadline.Previous is { } previous)
        {
            previous.Next = deadline.Next;
        }
        else
        {
            HeadOf(deadline.DueTick) = deadline.Next;
        }

        if (deadline.Next is { } next)
        {
            next.Previous = deadline.Previous;
        }

        deadline.Next = deadline.Previous = null;
        deadline.IsArmed = false;
        _armed--;
    }
}
