using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Runtime;
using Swp.Cluster.Membership;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Logging;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Membership;

public sealed class MembershipWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly HostileTimeProvider _time = new();
    private readonly TestTable _table = new();
    private readonly TestMembership _membership = new();
    private readonly TestLifecycle _lifecycle = new();
    private readonly TestFatality _fatality = new();
    private readonly Expulsion _expulsion = new();
    private readonly TableReach _reach = new();
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly ClusterMembershipOptions _options = new() { MaxJoinAttemptTime = TimeSpan.FromMinutes(2) };
    private readonly RecordingLogger<MembershipWatch> _log = new();

    public async ValueTask InitializeAsync()
    {
        new MembershipWatch(_table, _membership, new TestSilo(), Options.Create(_options), _fatality, _expulsion, _host, _reach, _time, _log).Participate(_lifecycle);
        await _lifecycle.StartAsync();
        await Eventually.True(() => _table.Reads == 1);
    }

    public async ValueTask DisposeAsync() => await _lifecycle.StopAsync().DefaultTimeout();

    [Fact]
    public async Task TheRow_IsReadOnceASecond()
    {
        Assert.InRange(await PassAsync(10), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
        AssertIsMember();
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task TheRowIsGone_TheMemberStops_AndSaysWhy()
    {
        _table.Answer = _ => Task.FromResult(TestTable.NoRow(2));
        await PassAsync(3);
        AssertIsMember();
        await StopsAsync();
        Assert.Contains("has no row of this member", _expulsion.Reason, StringComparison.Ordinal);
        Assert.Equal(["Warning", "Critical"], _log.Lines.Select(entry => entry.Line.Split(':')[0]));
    }

    [Fact]
    public async Task ThereIsNoTable_TheMemberStops()
    {
        _table.Answer = _ => Task.FromException<MembershipTableData>(new RedisClusteringException("The version is missing."));
        await StopsAsync();
        Assert.Contains("is empty", _expulsion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTableIsOlderThanTheRuntimesView_TheMemberStops()
    {
        _membership.Kill(Members.Owner1);
        _membership.Kill(Members.Owner1);
        await StopsAsync();
        Assert.Contains("from version 2 to 1", _expulsion.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheRowSaysDead_TheProcessEndsAtOnce()
    {
        _table.Answer = _ => Task.FromResult(TestTable.Row(2, SiloStatus.Dead));
        await AdvanceUntilAsync(() => _fatality.Context is not null);
        Assert.Contains("declared it dead", _fatality.Context, StringComparison.Ordinal);
        AssertIsMember();
    }

    [Fact]
    public async Task TheTableDoesNotAnswer_NothingHappens()
    {
        _table.Answer = _ => Task.FromException<MembershipTableData>(new TimeoutException());
        await PassAsync(20);
        AssertIsMember();

        // Nobody answers at all: the reading is given up after five seconds and comes again.
        _table.Answer = async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return TestTable.NoRow(1);
        };
        await PassAsync(1);
        Assert.True(await PassAsync(1) >= TimeSpan.FromSeconds(5));
        AssertIsMember();
        Assert.All(_log.Lines, entry => Assert.StartsWith("Debug", entry.Line, StringComparison.Ordinal));
        _table.Answer = _ => Task.FromResult(TestTable.Row(1));
    }

    [Fact]
    public async Task TheTableIsAwayInBetween_TheDoubtStays()
    {
        _table.Answer = _ => Task.FromResult(TestTable.NoRow(2));
        await PassAsync(2);
        _table.Answer = _ => Task.FromException<MembershipTableData>(new TimeoutException());
        await PassAsync(10);
        AssertIsMember();
        _table.Answer = _ => Task.FromResult(TestTable.NoRow(2));
        await StopsAsync();
    }

    [Fact]
    public async Task AStop_GivesTheRuntimeALittleTimeToSayGoodbye()
    {
        await _lifecycle.StopAsync().DefaultTimeout();
        Assert.Equal(TimeSpan.FromSeconds(15), _options.MaxJoinAttemptTime);
    }

    [Fact]
    public async Task AStopWhileTheTableIsAway_DoesNotWaitForIt()
    {
        _table.Answer = _ => Task.FromException<MembershipTableData>(new TimeoutException());
        await _lifecycle.StopAsync().DefaultTimeout();
        Assert.Equal(TimeSpan.FromMilliseconds(1), _options.MaxJoinAttemptTime);
    }

    private void AssertIsMember()
    {
        Assert.Null(_expulsion.Reason);
        Assert.False(_host.ApplicationStopping.IsCancellationRequested);
    }

    private async Task<TimeSpan> PassAsync(int readings)
    {
        var started = _time.GetTimestamp();
        for (var reading = 0; reading < readings; reading++)
        {
            var before = _table.Reads;
            await AdvanceUntilAsync(() => _table.Reads > before);
        }

        return _time.GetElapsedTime(started);
    }

    private Task StopsAsync() => AdvanceUntilAsync(() => _host.ApplicationStopping.IsCancellationRequested);

    // In small steps: the watch sets its timer a moment after its reading.
    private Task AdvanceUntilAsync(Func<bool> done) => Eventually.True(() =>
    {
        if (!done())
        {
            _time.Advance(Step);
        }

        return done();
    });
}
