using Swp.Chaos.Callers;
using Swp.Chaos.Clients;
using Swp.Chaos.Logs;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Chaos.Members;

/// <summary>The cluster under test: a real Redis, owners and gateways, each a process.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    public const string Id = "chaos";

    private readonly RunRecorder _log;
    private readonly Caller _caller;
    private readonly TimeSpan _restartDelay;
    private readonly (string Name, string Value)[] _settings;
    private readonly List<Member> _members = [];
    private readonly List<Member> _gone = [];
    private readonly List<HttpEntry> _entries = [];

    private ChaosCluster(RedisProcess redis, TimeSpan drainWindow, TimeSpan restartDelay, Caller caller, RunRecorder log)
    {
        (Redis, DrainWindow, _restartDelay, _caller, _log) = (redis, drainWindow, restartDelay, caller, log);
        _settings = [("Swp:ClusterId", Id), ("Swp:ServiceId", Id), ("Swp:DrainWindow", drainWindow.ToString("c"))];
    }

    /// <summary>Keeps its data unless it is started empty.</summary>
    public RedisProcess Redis { get; }

    public TimeSpan DrainWindow { get; }

    /// <summary>The gateways that clients know.</summary>
    public GatewayList GatewayList { get; } = new();

    public IReadOnlyList<Member> Members => _members;

    public IEnumerable<Member> Owners => _members.Where(member => member.Role == MemberRole.Owner);

    public IEnumerable<Member> Gateways => _members.Where(member => member.Role == MemberRole.Gateway);

    /// <summary>Also those that have left.</summary>
    public IEnumerable<Member> AllEver => _members.Concat(_gone);

    /// <summary>Starts everything and waits until all are ready.</summary>
    public static async Task<ChaosCluster> StartAsync(TimeSpan drainWindow, TimeSpan restartDelay, Caller caller, RunRecorder log)
    {
        var cluster = new ChaosCluster(await RedisProcess.StartAsync(durable: true), drainWindow, restartDelay, caller, log);
        try
        {
            await Task.WhenAll(cluster.AddOwnerAsync(), cluster.AddOwnerAsync(), cluster.AddGatewayAsync(), cluster.AddGatewayAsync());
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task<Member> AddOwnerAsync() => AddAsync(SwpProcess.Silo(NextName("silo", MemberRole.Owner), Redis.ConnectionString, _settings), MemberRole.Owner);

    /// <summary>Adds a gateway, which is known to clients and callers as soon as it is ready.</summary>
    public async Task<Member> AddGatewayAsync()
    {
        var member = await AddAsync(SwpProcess.Gateway(NextName("gateway", MemberRole.Gateway), Redis.ConnectionString, _settings), MemberRole.Gateway);
        GatewayList.Add(member.Name, member.Process.Clients);
        var entry = new HttpEntry(member.Name, member.Process.Operations.Address, _log);
        _entries.Add(entry);
        _caller.Add(entry);
        return member;
    }

    /// <summary>Nobody new comes to a gateway that is about to leave for good.</summary>
    public void Forget(Member gateway)
    {
        GatewayList.Remove(gateway.Name);
        _caller.Remove(gateway.Name);
    }

    /// <summary>Stops a member for good (SIGTERM).</summary>
    public async Task LeaveAsync(Member member)
    {
        member.Retire();
        await member.Process.StopAsync();
        await member.Ended;
        lock (_members)
        {
            _members.Remove(member);
            _gone.Add(member);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in AllEver.ToArray())
        {
            await member.DisposeAsync();
        }

        foreach (var entry in _entries)
        {
            entry.Dispose();
        }

        await Redis.DisposeAsync();
    }

    // No name is used twice: each member has a log of its own.
    private string NextName(string prefix, MemberRole role) => $"{prefix}{AllEver.Count(member => member.Role == role) + 1}";

    private async Task<Member> AddAsync(SwpProcess process, MemberRole role)
    {
        var member = new Member(process, role, _restartDelay, _log);
        lock (_members)
        {
            _members.Add(member);
        }

        await member.StartAsync();
        return member;
    }
}
