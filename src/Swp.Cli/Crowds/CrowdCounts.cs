using Swp.Devices;

namespace Swp.Cli.Crowds;

/// <summary>What a crowd has seen; a few numbers, however large it is.</summary>
internal sealed class CrowdCounts
{
    private long _started;
    private long _connected;
    private long _everConnected;
    private long _opens;
    private long _drops;
    private long _received;
    private long _answered;
    private long _unanswered;
    private long _failedAnswers;
    private long _queries;
    private long _failedQueries;
    private long _gone;
    private long _turnedAway;

    public long Started => Interlocked.Read(ref _started);

    public long Connected => Interlocked.Read(ref _connected);

    public long EverConnected => Interlocked.Read(ref _everConnected);

    public long Opens => Interlocked.Read(ref _opens);

    public long Drops => Interlocked.Read(ref _drops);

    public long Received => Interlocked.Read(ref _received);

    public long Answered => Interlocked.Read(ref _answered);

    public long Unanswered => Interlocked.Read(ref _unanswered);

    /// <summary>Answers that were due when their connection had ended.</summary>
    public long FailedAnswers => Interlocked.Read(ref _failedAnswers);

    public long Queries => Interlocked.Read(ref _queries);

    public long FailedQueries => Interlocked.Read(ref _failedQueries);

    /// <summary>Clients that were sent away for good.</summary>
    public long Gone => Interlocked.Read(ref _gone);

    /// <summary>How many of them had never been connected.</summary>
    public long TurnedAway => Interlocked.Read(ref _turnedAway);

    /// <summary>From the first attempt to the first answer to OPEN.</summary>
    public LatencyCount Connecting { get; } = new();

    /// <summary>From a query to its answer.</summary>
    public LatencyCount Asking { get; } = new();

    /// <summary>How connections ended.</summary>
    public ReasonCount Ends { get; } = new();

    public void OnStarted() => Interlocked.Increment(ref _started);

    public void OnOpened(TimeSpan? first)
    {
        Interlocked.Increment(ref _connected);
        Interlocked.Increment(ref _opens);
        if (first is { } duration)
        {
            Interlocked.Increment(ref _everConnected);
            Connecting.Add(duration);
        }
    }

    public void OnClosed(ConnectionEnd end)
    {
        if (end.Opened)
        {
            Interlocked.Decrement(ref _connected);
        }

        Ends.Add(end.Reason);
    }

    public void OnDrop() => Interlocked.Increment(ref _drops);

    public void OnReceived() => Interlocked.Increment(ref _received);

    public void OnAnswered() => Interlocked.Increment(ref _answered);

    public void OnUnanswered() => Interlocked.Increment(ref _unanswered);

    public void OnFailedAnswer() => Interlocked.Increment(ref _failedAnswers);

    public void OnQueried(TimeSpan? duration)
    {
        Interlocked.Increment(ref _queries);
        if (duration is { } time)
        {
            Asking.Add(time);
        }
        else
        {
            Interlocked.Increment(ref _failedQueries);
        }
    }

    public void OnGone(bool wasConnected)
    {
        Interlocked.Increment(ref _gone);
        if (!wasConnected)
        {
            Interlocked.Increment(ref _turnedAway);
        }
    }
}
