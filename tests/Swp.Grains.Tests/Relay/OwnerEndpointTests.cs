using Swp.Clients;
using Swp.Cluster.Links;
using Swp.Grains.Clients;
using Swp.Grains.Promises;
using Swp.Grains.Relay;
using Swp.Relay;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Relay;

public sealed class OwnerEndpointTests : IDisposable, IFrameHandler
{
    private const long Connection = 7;
    private const long Epoch = 100;

    private readonly DeadlineWheel _wheel = new(new HostileTimeProvider());
    private readonly PromiseTable _promises;
    private readonly AttachedClients _attached = new();
    private readonly List<OwnerboundFrame> _posted = [];
    private readonly ILinkEndpoint<ClientboundFrame> _endpoint;

    public OwnerEndpointTests()
    {
        _promises = new PromiseTable(_wheel, TimeProvider.System);

        // The way into the network is not part of these tests.
        _endpoint = new OwnerEndpoint(null!, null!, _promises, _attached, new BatchReceiver<OwnerboundFrame>(), new LocalReceiver<ClientboundFrame>());
    }

    public void Dispose() => _wheel.Dispose();

    [Fact]
    public void Prepare_OpenRequests_LeaveAndCountAsSent()
    {
        var (request, message) = (Queued(), Queued(oneWay: true));
        ClientboundFrame[] frames = [Frame(request), Frame(message), Close()];
        Assert.Same(frames, _endpoint.Prepare(Members.Gateway1, frames));
        Assert.Equal((PromiseState.Sent, PromiseState.Sent), (request.State, message.State));
    }

    [Fact]
    public async Task Prepare_RequestCalledNotSent_DoesNotLeave()
    {
        var (first, expired, cancelled, last) = (Queued(), Queued(), Queued(oneWay: true), Queued());
        var frames = new[] { Frame(first), Frame(expired), Frame(cancelled), Close(), Frame(last) };
        expired.Expire();
        cancelled.Cancel();

        Assert.Equal([first.Uuid, null, last.Uuid], _endpoint.Prepare(Members.Gateway1, frames).Select(frame => frame.Uuid));
        Assert.Equal(CallOutcome.NotSent, (await expired.Result.DefaultTimeout()).Outcome);
    }

    [Fact]
    public void Prepare_RequestThatWentToAnotherConnectionMeanwhile_DoesNotLeaveForTheOldOne()
    {
        var promise = Queued(idempotent: true);
        var frame = Frame(promise);
        promise.OnConnectionEnded(Members.Gateway1, Connection);
        promise.TryQueue(Members.Gateway2, 1, Epoch + 1);
        Assert.Empty(_endpoint.Prepare(Members.Gateway1, [frame]));
        Assert.Equal(PromiseState.Queued, promise.State);
    }

    [Fact]
    public async Task OnDelivered_MessagesAreCompletedAndRequestsGoOn()
    {
        var (request, message) = (Sent(), Sent(oneWay: true));
        _endpoint.OnDelivered(Members.Gateway1, [Frame(request), Frame(message)], RelayReceipt.AllAccepted);
        Assert.Equal(CallOutcome.Completed, (await message.Result.DefaultTimeout()).Outcome);
        Assert.Equal(PromiseState.Sent, request.State);
    }

    [Fact]
    public async Task OnDelivered_Rejections_BelongToTheirFrames()
    {
        var promises = new[] { Sent(), Sent(), Sent(oneWay: true), Sent(oneWay: true) };
        _endpoint.OnDelivered(
            Members.Gateway1,
            [.. promises.Select(promise => Frame(promise))],
            new RelayReceipt([new Rejection(1, RejectReason.StaleEpoch), new Rejection(3, RejectReason.Overflow)]));

        Assert.Equal(PromiseState.Sent, promises[0].State);
        Assert.Equal(CallOutcome.NotSent, (await promises[1].Result.DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.Completed, (await promises[2].Result.DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.NotSent, (await promises[3].Result.DefaultTimeout()).Outcome);
    }

    [Theory]
    [InlineData(RejectReason.NotAttached, Epoch, true)]
    [InlineData(RejectReason.NotAttached, Epoch + 1, false)]
    [InlineData(RejectReason.StaleEpoch, Epoch, false)]
    [InlineData(RejectReason.Overflow, Epoch, false)]
    public async Task OnDelivered_GatewayDoesNotHaveTheConnection_TheClientHearsThatItEnded(object reason, long attachedEpoch, bool ends)
    {
        Attach(Members.Gateway1, Connection, attachedEpoch);
        _endpoint.OnDelivered(Members.Gateway1, [Frame(Sent())], new RelayReceipt([new Rejection(0, (RejectReason)reason)]));
        await TurnsAsync();
        if (!ends)
        {
            Assert.Empty(_posted);
            return;
        }

        var ended = Assert.Single(_posted);
        Assert.Equal((OwnerboundKind.Closed, Connection, Epoch), (ended.Kind, ended.ConnectionId, ended.Epoch));
    }

    [Fact]
    public async Task OnReachChanged_Silent_CallersAreToldWhatIsKnown_AndNothingLeavesThatWasCalledNotSent()
    {
        var (sent, queued, message, patient) = (Sent(), Queued(), Queued(oneWay: true), Queued(idempotent: true));
        var frames = new[] { Frame(sent), Frame(queued), Frame(message), Close(), Frame(patient) };
        _endpoint.OnReachChanged(Members.Gateway1, PeerReach.Silent, frames);

        Assert.Equal(CallOutcome.LostInFlight, (await sent.Result.DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.NotSent, (await queued.Result.DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.NotSent, (await message.Result.DefaultTimeout()).Outcome);
        Assert.Equal([null, patient.Uuid], _endpoint.Prepare(Members.Gateway1, [.. frames.Skip(1)]).Select(frame => frame.Uuid));
        Assert.Equal(PromiseState.Sent, patient.State);
    }

    [Fact]
    public async Task OnPeerLost_InDoubtAndUnsent_EndDifferently()
    {
        var (inDoubt, unsent) = (Sent(), Queued());
        _endpoint.OnPeerLost(Members.Gateway1, [Frame(inDoubt), Close()], [Frame(unsent), Close()]);
        Assert.Equal(CallOutcome.LostInFlight, (await inDoubt.Result.DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.NotSent, (await unsent.Result.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task OnPeerLost_EveryClientOfThatGateway_HearsThatItsConnectionEnded()
    {
        Attach(Members.Gateway1, 1, 11);
        Attach(Members.Gateway1, 2, 12);
        Attach(Members.Gateway2, 3, 13);
        _endpoint.OnPeerLost(Members.Gateway1, [], []);
        await TurnsAsync();
        Assert.Equal([(1, 11), (2, 12)], _posted.Select(frame => (frame.ConnectionId, frame.Epoch)).Order());
        Assert.Equal(1, _attached.Count);
    }

    private static ClientboundFrame Close() => new() { ConnectionId = 9, Epoch = 1, Kind = ClientboundKind.Close, Code = "0" };

    private static ClientboundFrame Frame(Promise promise) => new()
    {
        ConnectionId = Connection,
        Epoch = Epoch,
        Kind = promise.IsOneWay ? ClientboundKind.Message : ClientboundKind.Request,
        Uuid = promise.Uuid,
        Code = "0",
    };

    private Promise Queued(bool oneWay = false, bool idempotent = false)
    {
        var promise = _promises.Create(new CallRequest { Idempotent = idempotent }, oneWay, out _);
        promise.TryQueue(Members.Gateway1, Connection, Epoch);
        return promise;
    }

    [Theory]
    [InlineData(RejectReason.StaleEpoch, ClientboundKind.Answer, 1)]
    [InlineData(RejectReason.NotAttached, ClientboundKind.Answer, 0)]
    [InlineData(RejectReason.StaleEpoch, ClientboundKind.Heartbeat, 0)]
    public async Task AnAnswerThatTheGatewayFindsStale_IsTakenBack(RejectReason reason, ClientboundKind kind, int takenBack)
    {
        Attach(Members.Gateway1, 7, Epoch + 1);
        var frame = new ClientboundFrame { ConnectionId = 7, Epoch = Epoch, Kind = kind, Uuid = "q", Code = "0" };
        _endpoint.OnDelivered(Members.Gateway1, [frame], new RelayReceipt([new Rejection(0, reason)]));
        await TurnsAsync();
        Assert.Equal(takenBack, _takenBack.Count);
    }

    private Promise Sent(bool oneWay = false)
    {
        var promise = Queued(oneWay);
        Assert.True(promise.TrySending(Epoch));
        return promise;
    }

    private readonly List<ClientboundFrame> _takenBack = [];

    private readonly TaskScheduler _turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    private void Attach(Orleans.Runtime.SiloAddress gateway, long connectionId, long epoch) =>
        _attached.Add(new AttachedClient(gateway, connectionId, epoch, _turns, this));

    void IFrameHandler.OnFrame(Orleans.Runtime.SiloAddress gateway, in OwnerboundFrame frame) => _posted.Add(frame);

    Task<CallResult> IFrameHandler.OnCallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IFrameHandler.OnLeaveAsync() => throw new NotSupportedException();

    void IFrameHandler.OnAnswerRefused(in ClientboundFrame answer) => _takenBack.Add(answer);

    private Task TurnsAsync() => Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.None, _turns).DefaultTimeout();
}
