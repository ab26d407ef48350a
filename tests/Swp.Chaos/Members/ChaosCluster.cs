using Swp.Chaos.Callers;
using Swp.Chaos.Clients;
using Swp.Chaos.Logs;
using Swp.Testing.Networks;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Chaos.Members;

/// <summary>The cluster under test: a real Redis, owners and gateways, each a process.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    public const string Id = "chaos";

    private const int InitialOwners = 2;
    private const int InitialGateways = 2;

    /// <summary>The gateways' <c>Swp:DrainNotice</c>, as they have it by default.</summary>
    private static readonly TimeSpan DrainNotice = TimeSpan.FromSeconds(3);

    private readonly RunRecorder _log;
    private readonly Caller _caller;
    private readonly TimeSpan _restartDelay;
    private readonly (string Name, string Value)[] _settings;
    private readonly List<Member> _members = [];
    private readonly List<Member> _gone = [];
    private readonly List<HttpEntry> _entries = [];

    private ChaosCluster(RedisProcess redis, IMemberNetwork network, TimeSpan drainWindow, TimeSpan restartDelay, Caller caller, RunRecorder log)
    {
        (Redis, Network, _restartDelay, _caller, _log) = (redis, network, restartDelay, caller, log);
        _settings = [("Swp:ClusterId", Id), ("Swp:ServiceId", Id), ("Swp:DrainWindow", drainWindow.ToString("c")), ("Swp:DrainNotice", DrainNotice.ToString("c"))];
    }

    /// <summary>Keeps its data unless it is started empty.</summary>
    public RedisProcess Redis { get; }

    /// <summary>Where the members run.</summary>
    public IMemberNetwork Network { get; }

    /// <summary>The gateways that clients know.</summary>
    public GatewayList GatewayList { get; } = new();

    public IReadOnlyList<Member> Members => _members;

    public IEnumerable<Member> Owners => _members.Where(member => member.Role == MemberRole.Owner);

    public IEnumerable<Member> Gateways => _members.Where(member => member.Role == MemberRole.Gateway);

    /// <summary>Also those that have left.</summary>
    public IEnumerable<Member> AllEver => _members.Concat(_gone);

    /// <summary>The names of all members that there ever are, where so many owners, and as many gateways, join later.</summary>
    public static IEnumerable<string> NamesOf(int joins) => SwpCluster.NamesOf(InitialOwners + joins, InitialGateways + joins);

    /// <summary>Starts everything in a network that has a place for each member, see <see cref="NamesOf"/>, and waits until all are ready.</summary>
    public static async Task<ChaosCluster> StartAsync(IMemberNetwork network, TimeSpan drainWindow, TimeSpan restartDelay, Caller caller, RunRecorder log)
    {
        var cluster = new ChaosCluster(await RedisProcess.StartAsync(durable: true, network.HostAddress), network, drainWindow, restartDelay, caller, log);
        try
        {
            // Names are given as they are asked for, one after the other.
            await Task.WhenAll([
                .. Enumerable.Range(0, InitialOwners).Select(_ => cluster.AddOwnerAsync()),
                .. Enumerable.Range(0, InitialGateways).Select(_ => cluster.AddGatewayAsync()),
            ]);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Task<Member> AddOwnerAsync() => AddAsync(SwpProcess.Silo(NextName("silo", MemberRole.Owner), Redis.ConnectionString, Network, _settings), MemberRole.Owner);

    /// <summary>Adds a gateway, which is known to clients and callers as soon as it is ready.</summary>
    public async Task<Member> AddGatewayAsync()
    {
        var member = await AddAsync(SwpProcess.Gateway(NextName("gateway", MemberRole.Gateway), Redis.ConnectionString, Network, _settings), MemberRole.Gateway);
        GatewayList.Add(member.Name, member.Process.Clients);
        var entry = new HttpEntry(member.Name, member.Process.Operations, _log);
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
        // First: they ask the members.
        foreach (var entry in _entries)
        {
            await entry.DisposeAsync();
        }

        foreach (var member in AllEver.ToArray())
        {
            await member.DisposeAsync();
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
