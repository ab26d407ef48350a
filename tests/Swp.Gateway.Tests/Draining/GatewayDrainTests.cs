using System.Net.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Swp.Clients;
using Swp.Cluster.Membership;
using Swp.Gateway.Api;
using Swp.Gateway.Draining;
using Swp.Gateway.Health;
using Swp.Gateway.Hosting;
using Swp.Gateway.Relay;
using Swp.Gateway.Tests.Kit;
using Swp.Gateway.Types;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Draining;

public sealed class GatewayDrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestGateway _gateway = null!;
    private GatewayState _state = null!;
    private readonly ApiCalls _calls = new();
    private readonly Expulsion _expulsion = new();

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _state = new GatewayState(new ClientTypeDirectory(new TestManifests(), _gateway.Owners, _gateway.Tokens.Verifier, _gateway.Time, NullLogger<ClientTypeDirectory>.Instance), _gateway.Links, new TestPresence());
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task NoConnections_EndsAtOnce_NotReady()
    {
        await Drain(TimeSpan.FromSeconds(10)).DefaultTimeout();
        Assert.True(_state.IsDraining);
    }

    [Fact]
    public async Task Connections_AreClosedWith4003_AnEqualShareAStep()
    {
        var peers = await OpenAsync(50);
        var closing = peers.Select(peer => CloseCodeAsync(peer)).ToArray();

        // Fifty at 20 ms each: ten steps of a second, five connections each.
        var draining = Drain(TimeSpan.FromSeconds(10));
        Assert.True(_state.IsDraining);
        await Eventually.True(() => closing.Count(task => task.IsCompleted) == 5);
        for (var closed = 10; closed <= 50; closed += 5)
        {
            Assert.False(draining.IsCompleted);
            await _gateway.StepUntilAsync(() => closing.Count(task => task.IsCompleted) >= closed - 4, Step);
            await Eventually.True(() => closing.Count(task => task.IsCompleted) == closed && _gateway.Connections.Count == 50 - closed);
        }

        Assert.All(await Task.WhenAll(closing), code => Assert.Equal(CloseCode.Draining, code));
        await UntilAsync(draining);
        await _gateway.Owner.AcceptAsync(50);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task ANarrowWindow_IsKept()
    {
        var peers = await OpenAsync(50);
        var closing = peers.Select(peer => CloseCodeAsync(peer)).ToArray();
        var draining = Drain(TimeSpan.FromMilliseconds(300));
        await Eventually.True(() => closing.Count(task => task.IsCompleted) == 25);
        await _gateway.StepUntilAsync(() => closing.Count(task => task.IsCompleted) > 25, Step);
        await Task.WhenAll(closing).DefaultTimeout();
        await UntilAsync(draining);
    }

    [Fact]
    public async Task OneThatOwesAnAnswer_StaysUntilItHasGivenIt()
    {
        var (peer, relay) = await AskAsync("busy");
        var idle = (await OpenAsync(1))[0];
        var closing = CloseCodeAsync(idle);
        var draining = Drain(TimeSpan.FromSeconds(10));
        await _gateway.StepUntilAsync(() => closing.IsCompleted, Step);
        Assert.Equal(CloseCode.Draining, await closing);
        Assert.Equal(1, _gateway.Connections.Count);

        await peer.SendAsync(Wire.Answer("u1"));
        await Eventually.True(() => !relay.HasOpenRequests);
        var last = CloseCodeAsync(peer);
        await UntilAsync(draining);
        Assert.Equal(CloseCode.Draining, await last);
    }

    [Fact]
    public async Task Retired_OnlyWhenNothingIsOpen_AndThenAskedNothing()
    {
        var (peer, relay) = await AskAsync("busy");
        Assert.False(relay.TryRetire());
        Assert.Null(Request(relay, "u2", TimeSpan.FromMilliseconds(1)));
        await peer.SendAsync(Wire.Answer("u1"));
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Eventually.True(relay.TryRetire);
        Assert.Equal(RejectReason.Retiring, Request(relay, "u3", TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task OneThatOwesAnAnswer_IsAskedMeanwhile_AndInTheLastThirdOnlyWhatEndsBeforeTheWindow()
    {
        var (peer, relay) = await AskAsync("busy");
        var started = _gateway.Time.GetTimestamp();
        var draining = Drain(TimeSpan.FromSeconds(90));
        await Eventually.True(() =>
        {
            _gateway.Time.Advance(Second);
            return Request(relay, "long", TimeSpan.FromSeconds(40)) == RejectReason.Retiring;
        });
        Assert.InRange(_gateway.Time.GetElapsedTime(started), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(85));
        Assert.Null(Request(relay, "short", TimeSpan.FromSeconds(1)));
        while ((await peer.ReceiveAsync()).Contains("long", StringComparison.Ordinal))
        {
        }

        Assert.False(draining.IsCompleted);
        var last = CloseCodeAsync(peer);
        await Eventually.True(() =>
        {
            _gateway.Time.Advance(Second);
            return draining.IsCompleted;
        });
        Assert.Equal(CloseCode.Draining, await last);
    }

    [Theory]
    [InlineData(null, 10, 20)]
    [InlineData("the row is gone", 3, 9)]
    public async Task OneThatNeverAnswers_IsClosedWhenTheWindowIsOver_WhichIsShortForTheExpelled(string? expelled, int from, int to)
    {
        if (expelled is not null)
        {
            _expulsion.Declare(expelled);
        }

        var (peer, _) = await AskAsync("silent");
        var closing = CloseCodeAsync(peer);
        var started = _gateway.Time.GetTimestamp();
        var draining = Drain(TimeSpan.FromSeconds(10));
        await UntilAsync(draining);
        Assert.Equal(CloseCode.Draining, await closing);
        Assert.InRange(_gateway.Time.GetElapsedTime(started), TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
    }

    private async Task<(TestPeer Peer, ClientRelay Relay)> AskAsync(string id)
    {
        var (peer, relay) = await _gateway.OpenAsync(id);
        Assert.Null(Request(relay, "u1", TimeSpan.FromMinutes(1)));
        Assert.Contains("u1", await peer.ReceiveAsync());
        Assert.True(peer.Connection.HasOpenRequests);
        return (peer, relay);
    }

    private static RejectReason? Request(ClientRelay relay, string uuid, TimeSpan patience) => relay.Accept(
        new ClientboundFrame { ConnectionId = relay.ConnectionId, Epoch = 100, Kind = ClientboundKind.Request, Uuid = uuid, Code = "0", Patience = patience });

    [Fact]
    public async Task CallsAtItsApi_ThoseUnderWayFinish_NewOnesAreNotSentOnceTheSocketsAreClosed()
    {
        var answer = new TaskCompletionSource<CallResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var underWay = _calls.RunAsync(answer.Task.WaitAsync, CancellationToken.None);
        var draining = Drain(TimeSpan.FromSeconds(10));
        var late = CallOutcome.Completed;
        await Eventually.True(async () =>
        {
            late = (await _calls.RunAsync(_ => Task.FromResult(new CallResult { Outcome = CallOutcome.Completed }), CancellationToken.None)).Outcome;
            return late != CallOutcome.Completed;
        });
        Assert.Equal(CallOutcome.NotSent, late);
        Assert.False(draining.IsCompleted);

        answer.SetResult(new CallResult { Outcome = CallOutcome.Completed });
        Assert.Equal(CallOutcome.Completed, (await underWay.DefaultTimeout()).Outcome);
        await UntilAsync(draining);
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("the row is gone", 3)]
    [InlineData(null, 30)]
    [InlineData("the row is gone", 30)]
    public async Task CallsAtItsApi_AreTakenUntilItsReadinessCanHaveBeenSeen_WhichIsNotLongForTheExpelled(string? expelled, int notice)
    {
        if (expelled is not null)
        {
            _expulsion.Declare(expelled);
        }

        var started = _gateway.Time.GetTimestamp();
        var draining = Drain(TimeSpan.FromSeconds(10), notice: TimeSpan.FromSeconds(notice));
        var refused = TimeSpan.Zero;
        await Eventually.True(async () =>
        {
            var late = await _calls.RunAsync(_ => Task.FromResult(new CallResult { Outcome = CallOutcome.Completed }), CancellationToken.None);
            if (late.Outcome == CallOutcome.Completed)
            {
                Assert.False(draining.IsCompleted);
                _gateway.Time.Advance(Step);
                return false;
            }

            refused = _gateway.Time.GetElapsedTime(started);
            return true;
        });

        // The drain looks at the clock in steps of its own, between two looks of this test.
        Assert.InRange(refused, TimeSpan.FromSeconds(expelled is null ? notice : 3), TimeSpan.FromMinutes(5));
        await UntilAsync(draining);
    }

    [Fact]
    public async Task CallsAtItsApi_NotFinishedWithinTheWindow_MayHaveBeenExecuted()
    {
        var underWay = _calls.RunAsync(Forever, CancellationToken.None);
        var draining = Drain(TimeSpan.FromSeconds(10));
        await UntilAsync(draining);
        Assert.Equal(CallOutcome.LostInFlight, (await underWay.DefaultTimeout()).Outcome);

        static async Task<CallResult> Forever(CancellationToken ending)
        {
            await Task.Delay(Timeout.Infinite, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new CallResult { Outcome = CallOutcome.Cancelled };
        }
    }

    [Fact]
    public async Task NoWindow_AllAtOnce()
    {
        var peers = await OpenAsync(20);
        var closing = peers.Select(peer => CloseCodeAsync(peer)).ToArray();
        var draining = Drain(TimeSpan.Zero);
        Assert.All(await Task.WhenAll(closing).DefaultTimeout(), code => Assert.Equal(CloseCode.Draining, code));
        await UntilAsync(draining);
    }

    [Fact]
    public async Task OneThatSlippedIn_IsClosedToo()
    {
        var slow = (await OpenAsync(1))[0];
        var draining = Drain(TimeSpan.FromSeconds(10));
        await slow.CloseFrameAsync(CloseCode.Draining);
        var late = _gateway.Connect();
        var closing = CloseCodeAsync(late);
        await UntilAsync(closing);
        Assert.Equal(CloseCode.Draining, await closing);
        await slow.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await UntilAsync(draining);
    }

    [Fact]
    public async Task OneThatDoesNotLeave_IsNotWaitedForForEver()
    {
        var peer = (await OpenAsync(1))[0];
        var started = _gateway.Time.GetTimestamp();
        var draining = Drain(TimeSpan.FromSeconds(10));
        await peer.CloseFrameAsync(CloseCode.Draining);
        await UntilAsync(draining);
        Assert.InRange(_gateway.Time.GetElapsedTime(started), TimeSpan.FromSeconds(6), TimeSpan.FromMinutes(1));
        Assert.Equal(1, _gateway.Connections.Count);
    }

    [Fact]
    public async Task TheHostsPatienceEnds_SoDoesTheDrain()
    {
        await OpenAsync(50);
        using var patience = new CancellationTokenSource();
        var draining = Drain(TimeSpan.FromSeconds(10), patience.Token);
        await patience.CancelAsync();
        await draining.DefaultTimeout();
    }

    private Task Drain(TimeSpan window, CancellationToken cancellationToken = default, TimeSpan notice = default) => new GatewayDrain(
        _gateway.Connections,
        _state,
        _calls,
        Options.Create(new GatewayOptions { DrainWindow = window, DrainNotice = notice }),
        _expulsion,
        _gateway.Time,
        NullLogger<GatewayDrain>.Instance).StoppingAsync(cancellationToken);

    private Task UntilAsync(Task draining) => Eventually.True(() =>
    {
        if (!draining.IsCompleted)
        {
            _gateway.Time.Advance(Step);
        }

        return draining.IsCompleted;
    });

    private async Task<TestPeer[]> OpenAsync(int count)
    {
        var peers = new TestPeer[count];
        for (var i = 0; i < count; i++)
        {
            (peers[i], _) = await _gateway.OpenAsync($"{i}");
        }

        return peers;
    }

    private static async Task<CloseCode> CloseCodeAsync(TestPeer peer)
    {
        var result = await peer.Socket.ReceiveAsync(new byte[128], CancellationToken.None).DefaultTimeout();
        await peer.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).DefaultTimeout();
        await peer.Running.DefaultTimeout();
        return (CloseCode)result.CloseStatus!;
    }
}
