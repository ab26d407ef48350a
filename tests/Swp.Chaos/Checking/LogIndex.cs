using Swp.Chaos.Logs;

namespace Swp.Chaos.Checking;

/// <summary>A run's log, by what the rules look for.</summary>
internal sealed class LogIndex
{
    private static readonly TimeSpan Excuse = TimeSpan.FromSeconds(0.5);

    public LogIndex(RunLog log)
    {
        Log = log;
        Calls = log.Calls.ToDictionary(call => call.Number);
        Ends = log.Ends.ToLookup(end => end.Number);
        Sightings = EventsOf(ClientEventKind.Received);
        Answers = EventsOf(ClientEventKind.Answered);
        Clients = log.Events.ToLookup(seen => seen.Client);
    }

    public RunLog Log { get; }

    public IReadOnlyDictionary<long, Call> Calls { get; }

    public ILookup<long, CallEnd> Ends { get; }

    /// <summary>Where a call was seen.</summary>
    public ILookup<long, ClientEvent> Sightings { get; }

    /// <summary>How a call was answered.</summary>
    public ILookup<long, ClientEvent> Answers { get; }

    public ILookup<string, ClientEvent> Clients { get; }

    /// <summary>The calls that ended, with how they ended first.</summary>
    public IEnumerable<(Call Call, CallEnd End)> Ended =>
        from call in Log.Calls
        let end = Ends[call.Number].FirstOrDefault()
        where end is not null
        select (call, end);

    /// <summary>Whether something went on that may have changed what a client or its caller met in a time.</summary>
    public bool IsDisturbed(string client, TimeSpan from, TimeSpan until, string? entry = null) =>
        Log.Faults.Any(fault => fault.Disturbs(client, from, until, entry)) || IsStalled(from, until);

    /// <summary>Whether the harness itself stood still for so long that nobody can be blamed for what came late.</summary>
    public bool IsStalled(TimeSpan from, TimeSpan until) => StallsWithin(from, until) > Excuse;

    /// <summary>For how long the harness itself stood still in a time.</summary>
    public TimeSpan StallsWithin(TimeSpan from, TimeSpan until) =>
        Log.Stalls.Aggregate(TimeSpan.Zero, (sum, stall) => sum + stall.Within(from, until));

    private ILookup<long, ClientEvent> EventsOf(ClientEventKind kind) =>
        Log.Events.Where(seen => seen.Kind == kind).ToLookup(seen => seen.Number ?? 0);
}
