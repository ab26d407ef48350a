using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Cluster.Membership;
using Swp.Grains.Clients;
using Swp.Grains.Draining;
using Swp.Grains.Promises;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Draining;

/// <summary>What a stopping owner does, and in which order.</summary>
public sealed class OwnerDrainTests : ISiloLifecycle
{
    private readonly HostileTimeProvider _time = new();
    private readonly AttachedClients _attached = new();
    private readonly TwoOwners _cluster = new();
    private readonly ConcurrentQueue<LeavingClient> _leaving = new();
    private readonly AttachedClient _client;
    private readonly PromiseTable _promises;
    private readonly TableReach _table = new();
    private readonly Expulsion _expulsion = new();
    private readonly OwnerDrain _drain;
    private ILifecycleObserver? _stage;

    public OwnerDrainTests()
    {
        _client = new AttachedClient(Members.Gateway1, 1, 1, TaskScheduler.Default, new LeavingClient(_leaving));
        _attached.Add(_client);
        _promises = new PromiseTable(new DeadlineWheel(_time), _time);
        var moves = new ClientMoves(_attached, _cluster, new LocalOwner(), Options.Create(new HostOptions()), _time, NullLogger<ClientMoves>.Instance);
        var presence = new OwnerPresence(_cluster, _cluster, new LocalOwner());
        _drain = new OwnerDrain(_promises, _attached, moves, presence, _expulsion, _table, _time, NullLogger<OwnerDrain>.Instance);
        _drain.Participate(this);
    }

    public int HighestCompletedStage => 0;

    public int LowestStoppedStage => 0;

    [Fact]
    public async Task ServesUntilEachHasMoved_ThenTakesNothingMore()
    {
        await _drain.StoppingAsync(CancellationToken.None).DefaultTimeout();
        Assert.Equal((true, false), (_drain.IsDraining, _promises.IsClosed));

        var stopping = _stage!.OnStop();
        Assert.Empty(_leaving);
        _cluster.Leave();
        await Eventually.True(() => !_leaving.IsEmpty);
        Assert.Equal((false, false), (_promises.IsClosed, _client.IsClosed));

        Assert.True(_leaving.TryDequeue(out var leaving));
        leaving.Left.SetResult();
        await AdvanceUntilOverAsync(stopping);
        Assert.Equal((true, true), (_promises.IsClosed, _client.IsClosed));
    }

    [Fact]
    public async Task WhatIsOpenAtTheEnd_GoesToTheNextOwner()
    {
        _table.Note(answered: false);
        var promise = Open();
        await _stage!.OnStop().DefaultTimeout();

        // The cluster could not be told: nobody was asked to move by himself.
        Assert.Empty(_leaving);
        var result = await promise.Result.DefaultTimeout();
        Assert.Equal((CallOutcome.LostInFlight, true), (result.Outcome, result.Moved));
    }

    [Fact]
    public async Task TheLastOne_TakesNothingMore_AndGivesWhatIsOpenFiveSeconds()
    {
        _cluster.AnotherLeaves();
        var promise = Open();
        var stopping = _drain.StoppingAsync(CancellationToken.None);
        Assert.True(_promises.IsClosed);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(stopping.IsCompleted);
        await AdvanceUntilOverAsync(stopping);
        var result = await promise.Result.DefaultTimeout();
        Assert.Equal((CallOutcome.LostInFlight, false), (result.Outcome, result.Moved));
        await _stage!.OnStop().DefaultTimeout();
    }

    [Fact]
    public async Task OfTwoThatStopTogether_TheSecondIsTheLast()
    {
        var promise = Open();
        await _drain.StoppingAsync(CancellationToken.None).DefaultTimeout();
        _cluster.AnotherLeaves();
        await AnsweredInTimeAsync(promise, _stage!.OnStop());
    }

    [Fact]
    public async Task TheOtherOneLeavesWhileClientsMove_ItIsTheLast()
    {
        var promise = Open();
        await _drain.StoppingAsync(CancellationToken.None).DefaultTimeout();
        var stopping = _stage!.OnStop();
        _cluster.Leave();
        await Eventually.True(() => !_leaving.IsEmpty);
        _cluster.AnotherLeaves();
        Assert.True(_leaving.TryDequeue(out var leaving));
        leaving.Left.SetResult();
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return _promises.IsClosed;
        });
        await AnsweredInTimeAsync(promise, stopping);
    }

    [Fact]
    public async Task LostToItsCluster_LeavesItsClientsToNobody()
    {
        _expulsion.Declare("test");
        await _drain.StoppingAsync(CancellationToken.None).DefaultTimeout();
        await _stage!.OnStop().DefaultTimeout();
        Assert.Empty(_leaving);
        Assert.True(_client.IsClosed);
    }

    IDisposable ILifecycleObservable.Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _stage = observer;
        return new CancellationTokenSource();
    }

    private async Task AnsweredInTimeAsync(Promise promise, Task stopping)
    {
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(stopping.IsCompleted);
        Assert.True(promise.Settle(new CallResult { Outcome = CallOutcome.Completed }));
        await AdvanceUntilOverAsync(stopping);
    }

    private Promise Open()
    {
        var promise = _promises.Create(new CallRequest { Uuid = "open", Data = JsonPayload.Parse("1"), Timeout = TimeSpan.FromMinutes(1) }, oneWay: false, out _);
        Assert.True(promise.TryQueue(Members.Gateway1, 1, 1));
        Assert.True(promise.TrySending(1));
        return promise;
    }

    private Task AdvanceUntilOverAsync(Task stopping) => Eventually.True(() =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(20));
        return stopping.IsCompleted;
    });
}
