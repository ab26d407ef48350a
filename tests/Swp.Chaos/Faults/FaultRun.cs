using Swp.Chaos.Callers;
using Swp.Chaos.Clients;
using Swp.Chaos.Logs;
using Swp.Chaos.Members;

namespace Swp.Chaos.Faults;

/// <summary>One occurrence of a fault while it runs: what it may touch, and what is seen of it.</summary>
internal sealed class FaultRun(string name, FaultLengths lengths, ChaosCluster cluster, ClientFleet clients, Caller caller, RunRecorder log, Random random, Action<string> say)
{
    /// <summary>At most this many of the affected clients are probed.</summary>
    private const int Sample = 60;

    /// <summary>A client that is not callable, or not connected, for this long is given up.</summary>
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    private readonly List<Outage> _outages = [];
    private readonly HashSet<string> _affected = [];
    private readonly List<Task<TimeSpan?>> _probes = [];
    private readonly List<string> _failures = [];
    private readonly List<string> _notes = [];
    private string _target = "";
    private TimeSpan _start;

    public ChaosCluster Cluster => cluster;

    public ClientFleet Clients => clients;

    public Caller Caller => caller;

    public RunRecorder Log => log;

    public Random Random => random;

    public FaultLengths Lengths => lengths;

    /// <summary>From when on what calls meet is excused; the fault's beginning unless set. None: nothing is excused.</summary>
    public TimeSpan? DisturbsFrom { get; set; }

    /// <summary>Whom it disturbs, if not everybody.</summary>
    public IReadOnlySet<string>? Disturbed { get; set; }

    /// <inheritdoc cref="Fault.DisturbedEntries"/>
    public IReadOnlySet<string> DisturbedEntries { get; set; } = new HashSet<string>();

    /// <inheritdoc cref="Fault.Graceful"/>
    public bool Graceful { get; set; }

    /// <inheritdoc cref="Fault.EndsCalls"/>
    public bool EndsCalls { get; set; }

    /// <summary>The member that has been up for the longest: one that was started again has few clients to lose.</summary>
    public Member Pick(MemberRole role) => cluster.Members.Where(member => member.Role == role).MinBy(member => member.UpSince)!;

    /// <summary>The same, or the next one when it has no clients: after some faults they are all at one gateway.</summary>
    public async Task<(Member Member, IReadOnlySet<string> Clients)> PickWithClientsAsync(MemberRole role)
    {
        (Member, IReadOnlySet<string>) last = default;
        foreach (var member in cluster.Members.Where(member => member.Role == role).OrderBy(member => member.UpSince))
        {
            last = (member, await ClientsOfAsync(member));
            if (last.Item2.Count > 0)
            {
                break;
            }
        }

        return last;
    }

    /// <summary>The fault happens now.</summary>
    public void Begin(string target, IEnumerable<string> affected, bool disturbs = true)
    {
        (_target, _start) = (target, log.Now);
        _affected.UnionWith(affected);
        DisturbsFrom = disturbs ? _start : null;
        var underWay = log.OpenCalls;
        Say($"{target}: {_affected.Count} clients affected, {underWay.Count} calls under way, {underWay.Count(call => _affected.Contains(call.Client))} of them theirs");
    }

    /// <summary>More clients are affected.</summary>
    public void Affect(IEnumerable<string> more) => _affected.UnionWith(more);

    /// <summary>The clients that a member has: connected at a gateway, or living at an owner.</summary>
    public async Task<IReadOnlySet<string>> ClientsOfAsync(Member member) =>
        member.Role == MemberRole.Gateway ? clients.At(member.Name) : await Ownership.OfAsync(member, this);

    /// <summary>Waits.</summary>
    public Task PassAsync(TimeSpan time) => Task.Delay(time, log.Time);

    /// <summary>A call that entered at a member in this time may have lost its entry.</summary>
    public void Outage(Member member, TimeSpan from) => _outages.Add(new Outage(member.Name, from, log.Now));

    /// <summary>Measures from now on how long it takes until a sample of clients answers.</summary>
    public void Probe(IEnumerable<string> affected, params Member[] notBy) => ProbeBy(affected, IsNone(notBy));

    /// <summary>The same, by the entries that are chosen by name.</summary>
    public void ProbeBy(IEnumerable<string> affected, Func<string, bool> entries) => _probes.AddRange(Probe(affected, entries, AtOnceAsync));

    /// <summary>Measures how long it takes from the end of its connection until a client answers again, of a sample.</summary>
    public void ProbeWhenClosed(IEnumerable<string> affected, params Member[] notBy) => _probes.AddRange(Probe(affected, IsNone(notBy), ClosedAsync));

    /// <summary>Waits until the sampled clients have answered.</summary>
    public Task ProbesAsync() => Task.WhenAll(_probes);

    /// <summary>Waits until a sample of clients answers calls of one entry, and fails when that takes too long.</summary>
    public async Task AnswerByAsync(IEnumerable<string> some, string entry, TimeSpan limit)
    {
        var answered = await Task.WhenAll(Probe(some, name => name == entry, AtOnceAsync));
        var slowest = answered.Contains(null) ? GiveUp : answered.Max() ?? TimeSpan.Zero;
        Note($"{answered.Length} clients answered calls by {entry} within {slowest.TotalSeconds:0.0} s");
        if (slowest > limit)
        {
            Fail($"after {limit.TotalSeconds:0} s not all clients answered calls by {entry}");
        }
    }

    /// <summary>Something is not as it must be.</summary>
    public void Fail(string what)
    {
        _failures.Add(what);
        Say($"WRONG: {what}");
    }

    public void Note(string what)
    {
        _notes.Add(what);
        Say(what);
    }

    public void Say(string what) => say($"{name} {what}");

    /// <summary>Waits until the sampled clients have answered and all clients are connected, and sums up.</summary>
    public async Task<Fault> EndAsync()
    {
        var healed = log.Now;
        var callable = await Task.WhenAll(_probes);
        if (callable.Count(time => time is null) is > 0 and var lost)
        {
            Fail($"{lost} of {callable.Length} sampled clients were not callable within {GiveUp.TotalSeconds:0} s");
        }

        if (await clients.AllOpenAsync(GiveUp) is { Count: > 0 } missing)
        {
            Fail($"{missing.Count} clients were not connected {GiveUp.TotalSeconds:0} s after everything was running again: {string.Join(", ", missing.Take(5))}");
        }

        return new Fault
        {
            Name = name,
            Target = _target,
            Start = _start,
            Healed = healed,
            Settled = log.Now,
            Disturbance = DisturbsFrom is { } from ? new Period(from, log.Now) : null,
            Disturbed = Disturbed,
            DisturbedEntries = DisturbedEntries,
            Graceful = Graceful,
            EndsCalls = EndsCalls,
            Outages = [.. _outages],
            Affected = _affected,
            Callable = [.. callable.OfType<TimeSpan>().Order()],
            Failures = [.. _failures],
            Notes = [.. _notes],
        };
    }

    private static Func<string, bool> IsNone(Member[] members) => name => members.All(member => member.Name != name);

    private static Task AtOnceAsync(string client, TimeSpan limit) => Task.CompletedTask;

    private Task<TimeSpan?>[] Probe(IEnumerable<string> clients, Func<string, bool> entries, Func<string, TimeSpan, Task> first)
    {
        string[] all = [.. clients];
        random.Shuffle(all);
        return [.. all.Take(Sample).Select(client => ProbeAsync(client, entries, first, new Random(random.Next())))];
    }

    private async Task<TimeSpan?> ProbeAsync(string client, Func<string, bool> entries, Func<string, TimeSpan, Task> first, Random order)
    {
        var limit = log.Now + GiveUp;
        await first(client, limit);
        var since = log.Now;
        var plan = new CallPlan { Client = client, Timeout = ProbeTimeout, Idempotent = true };
        while (await caller.CallAsync(plan, caller.Shuffled(order).Where(entry => entries(entry.Name))) != "completed")
        {
            if (log.Now > limit)
            {
                return null;
            }

            await Task.Delay(ProbeInterval, log.Time);
        }

        return log.Now - since;
    }

    private async Task ClosedAsync(string client, TimeSpan limit)
    {
        var scripted = clients[client];
        var gateway = scripted.Gateway;
        while (scripted.Gateway == gateway && log.Now < limit)
        {
            await Task.Delay(ProbeInterval / 10, log.Time);
        }
    }
}
