using Swp.Clients;
using Swp.Cluster.Diagnostics;
using Swp.Gateway.Overview;
using Swp.Gateway.Tests.Kit;
using Swp.Overview;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Overview;

public sealed class ClusterOverviewTests : IAsyncLifetime
{
    private TestOverview _overview = null!;

    private TestFleetMember Gateway1 => _overview.Gateways[TestOverview.Gateway1];

    private TestFleetMember Gateway2 => _overview.Gateways[TestOverview.Gateway2];

    public async ValueTask InitializeAsync() => _overview = await TestOverview.StartAsync();

    public ValueTask DisposeAsync() => _overview.DisposeAsync();

    [Fact]
    public async Task Get_AllAnswer_IsEveryMemberByNameAndTheSums()
    {
        Open(Gateway1, "caller", 3);
        Open(Gateway2, "caller", 2);
        Gateway2.Report = Gateway2.Report with { IsDraining = true, IsReady = false, State = "draining" };
        Owner(1, clients: 4, active: 2, new() { [CallOutcome.Completed] = 7 });

        var body = await _overview.LookAsync();

        Assert.Equal(["gateway1 ready", "gateway2 draining", "silo1 ready", "silo2 ready"], body.Nodes.Select(node => $"{node.Name} {node.State}"));
        Assert.Equal((5, 0), (body.Connected, body.Silent));
        Assert.Equal([("caller", "叫号", 5), ("his", "医院", 0)], body.Types.Select(type => (type.Name, type.DisplayName, type.Connected)));
        Assert.Equal((3, 2), (body.Nodes[0].Connected, body.Nodes[1].Types["caller"]));
        Assert.Equal((4, 2, 7L, 0L), (body.Nodes[2].Clients, body.Nodes[2].ActiveCalls, body.Nodes[2].Calls["completed"], body.Nodes[2].Calls["timed_out"]));
        Assert.Null(body.Pace.Seconds);
    }

    [Fact]
    public async Task Get_AMemberThatDoesNotAnswer_IsSilentAndKeepsNobodyWaiting()
    {
        Open(Gateway1, "caller", 3);
        Open(Gateway2, "caller", 2);
        var answers = new TaskCompletionSource();
        Gateway2.HoldingReport = answers.Task;

        for (var look = 1; look <= 3; look++)
        {
            _overview.Time.Advance(TimeSpan.FromSeconds(1));
            var looking = _overview.Cluster.GetAsync();
            Assert.False(looking.IsCompleted);
            _overview.Time.Advance(MemberQuestion<GatewayReport>.Patience);
            var body = await looking.DefaultTimeout();
            Assert.Equal((3, 1), (body.Connected, body.Silent));
            Assert.Equal(("gateway2", "silent", null), (body.Nodes[1].Name, body.Nodes[1].State, body.Nodes[1].Connected));
        }

        // One question is under way to it, not three.
        Assert.Equal(1, Gateway2.AskedForReport);
        answers.SetResult();
        await Eventually.True(async () => (await _overview.LookAsync()).Silent == 0);
    }

    [Fact]
    public async Task Get_AMemberFails_IsSilent()
    {
        Gateway1.IsDead = true;
        _overview.Owners[Members.Owner2].Report = () => throw new IOException("no such method");
        var body = await _overview.LookAsync();
        Assert.Equal(["silent", "ready", "ready", "silent"], body.Nodes.Select(node => node.State));
        Assert.Equal(2, body.Silent);
    }

    [Fact]
    public async Task Get_AMemberIsDeclaredDead_IsNotThere()
    {
        _overview.Kill(Members.Owner2);
        Assert.Equal(["gateway1", "gateway2", "silo1"], (await _overview.LookAsync()).Nodes.Select(node => node.Name));
    }

    [Fact]
    public async Task Get_ManyLookAtOnceAndAgainSoon_MembersAreAskedOnce()
    {
        var held = new TaskCompletionSource();
        Gateway1.HoldingReport = held.Task;
        var many = Enumerable.Range(0, 50).Select(_ => _overview.Cluster.GetAsync()).ToArray();
        held.SetResult();
        await Task.WhenAll(many).DefaultTimeout();
        await _overview.Cluster.GetAsync().DefaultTimeout();
        Assert.Equal(1, _overview.Gathered);

        await _overview.LookAsync();
        Assert.Equal(2, _overview.Gathered);
    }

    [Fact]
    public async Task Pace_IsWhatHasHappenedSinceTheLastLookOfThoseThatAnsweredTwice()
    {
        Gateway2.IsDead = true;
        Gateway1.Report = Gateway1.Report with { Connects = 100 };
        Owner(1, 0, 0, new() { [CallOutcome.Completed] = 1000 }, (3, 1000));
        await _overview.LookAsync();
        Gateway2.IsDead = false;
        Gateway2.Report = Gateway2.Report with { Connects = 1_000_000 };
        Gateway1.Report = Gateway1.Report with { Connects = 110 };

        // Of a hundred, half within the fourth bucket, all but one within the fifth.
        Owner(1, 0, 0, new() { [CallOutcome.Completed] = 1100, [CallOutcome.TimedOut] = 6 }, (3, 1050), (4, 49), (8, 1));
        _overview.Time.Advance(TimeSpan.FromSeconds(1));
        var body = await _overview.LookAsync();

        Assert.Equal((2.0, 5.0), (body.Pace.Seconds, body.Pace.ConnectsPerSecond));
        Assert.Equal((50.0, 3.0, 0.0), (body.Pace.CallsPerSecond["completed"], body.Pace.CallsPerSecond["timed_out"], body.Pace.CallsPerSecond["banned"]));
        Assert.Equal((5.0, 10.0), (Math.Round(body.Pace.P50Ms!.Value, 3), Math.Round(body.Pace.P99Ms!.Value, 3)));
        Assert.Equal((5.0, null, 53.0), (body.Nodes[0].ConnectsPerSecond, body.Nodes[1].ConnectsPerSecond, body.Nodes[2].CallsPerSecond));
    }

    [Fact]
    public async Task Pace_NobodyHasLookedForLong_IsNotKnown()
    {
        await _overview.LookAsync();
        _overview.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((null, null), ((await _overview.LookAsync()).Pace.Seconds, (await _overview.LookAsync()).Pace.P50Ms));
    }

    private static void Open(TestFleetMember gateway, string type, int count) =>
        gateway.Open.AddRange(Enumerable.Range(0, count).Select(number => new ConnectedClient { Key = new ClientKey(type, $"{number}"), Gateway = "", ConnectedAt = default }));

    private void Owner(int number, int clients, int active, Dictionary<CallOutcome, long> calls, params (int Bucket, long Count)[] durations)
    {
        var counts = new long[DurationCounts.Limits.Count + 1];
        foreach (var (bucket, count) in durations)
        {
            counts[bucket] = count;
        }

        var report = new OwnerReport
        {
            IsDraining = false,
            Clients = clients,
            ActiveCalls = active,
            Calls = [.. Enum.GetValues<CallOutcome>().Select(outcome => calls.GetValueOrDefault(outcome))],
            Durations = counts,
        };
        _overview.Owners[Members.Owner(number)].Report = () => Task.FromResult(report);
    }
}
