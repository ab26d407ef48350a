using Orleans.Placement;
using Swp.Cluster.Heartbeats;
using Swp.Clients;
using Swp.Grains.Diagnostics;
using Swp.Grains.Promises;
using Swp.Grains.Queries;
using Swp.Grains.Services;
using Swp.Grains.Sessions;
using Swp.Grains.Storage;
using Swp.Grains.Types;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <summary>
/// Where a client lives: callers ask here, gateways attach its connections here, and everything it sends is handled here, one turn at a time.
/// The session decides, the promises wait, the links carry; this class brings them together.
/// </summary>
/// <remarks>
/// Random placement: clients are many and alike, and every owner is to get its share. The default prefers the silo that asks and leaves a new
/// one empty.
/// </remarks>
[GrainType(ClientKey.GrainTypeName)]
[RandomPlacement]
internal sealed partial class ClientGrain(ClientServices services) : Grain, IClientGrain, IClientAttachment, IFrameHandler
{
    /// <summary>How long running queries may finish when the activation ends.</summary>
    private static readonly TimeSpan QueryPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long a service may take to decide about an OPEN.</summary>
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(10);

    /// <summary>An attach that was under way for longer is as old as its gateway's clock says; two machines' clocks are closer than this.</summary>
    private static readonly TimeSpan UnderWayForLong = TimeSpan.FromSeconds(3);

    /// <summary>How long the membership table is asked about a gateway that is not known here.</summary>
    private static readonly TimeSpan MembershipPatience = TimeSpan.FromSeconds(1);

    private static readonly DeactivationReason Leaving = new(DeactivationReasonCode.ShuttingDown, "The owner stops: the client moves to another one.");

    private readonly ClientSession _session = new(services.Time);
    private readonly OpenCalls _calls = new();
    private TaskScheduler _activation = null!;
    private ClientKey _key;
    private ClientType? _type;
    private ClientCounts _counts = null!;
    private RecordHandle _record = null!;
    private AttachedClient? _attached;
    private ResumedRequests? _resumed;
    private RecentCalls? _recent;
    private TimeSpan _callsKnownSince;

    // Since when a connection speaks for the client here, whichever, in uptime.
    private TimeSpan? _heldSince;
    private QueryRunner? _queries;
    private bool _leaving;

    // What is taken now would hold up the move to the next owner, or die here.
    private bool IsStopping => _leaving || services.Promises.IsClosed;

    private bool IsStoppingMeanwhile => _leaving || services.Promises.IsClosedMeanwhile;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activation = TaskScheduler.Current;
        _callsKnownSince = HeartbeatClock.Now(services.Time);
        if (!ClientKey.TryParse(this.GetPrimaryKeyString(), out _key) || services.Types.Find(_key.Type) is not { } type)
        {
            return;
        }

        _type = type;
        _counts = services.Instruments.Of(type.Name);
        _session.Limit(type.Rates);
        _record = await services.Records.OpenAsync(this.GetGrainId());
        await RestoreAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_type is null)
        {
            return;
        }

        if (_attached is { } attached)
        {
            // From here on the gateway's frames are refused: it keeps them, attaches again and sends them to the next activation.
            services.Attached.Remove(attached);
            attached.Close();
            attached.Drain();
            await StopQueriesAsync();
            Send(new ClientboundFrame { Kind = ClientboundKind.Reattach, Code = "0" }, control: true);
            services.Records.Write(_record, _session.ToRecord());
        }

        _calls.Move();
        ForgetNow();
        await services.Records.FlushAsync(_record);
    }

    Task IFrameHandler.OnLeaveAsync()
    {
        _leaving = true;

        // Frames first: an answer that finds its promise gone must stay with its gateway, for the next owner. And a promise that stayed open would hold
        // up the move.
        _attached?.Close();
        _calls.Move();
        GrainContext.Deactivate(Leaving);
        return GrainContext.Deactivated;
    }

    /// <summary>Sends a frame to the connection that speaks for the client.</summary>
    private bool Send(ClientboundFrame frame, bool control = false) =>
        _session.Current is { } current
        && services.Links.Get(current.Gateway).TrySend(frame with { ConnectionId = current.ConnectionId, Epoch = current.Epoch }, control);

    private void Remember() => services.Records.Write(_record, _session.ToRecord());

    private async ValueTask<bool> IsGoneAsync(SiloAddress gateway, CancellationToken cancellationToken)
    {
        try
        {
            return await services.Peers.IsGoneAsync(gateway, cancellationToken).AsTask().WaitAsync(MembershipPatience, services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nobody is known to be dead while the table does not answer.
            return false;
        }
    }

    private async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        // Asked of the membership table when the gateway is not known here: one of a cluster's former life must not be waited for.
        var attachment = _record.Latest.Attachment;
        var gatewayIsAlive = attachment is not null && !await IsGoneAsync(attachment.Gateway, cancellationToken);
        _session.Restore(_record.Latest, gatewayIsAlive);
    }

    /// <summary>An id that never connected leaves nothing behind: whoever tries ids at random must not fill the memory.</summary>
    private void LeaveIfStranger()
    {
        // One that is banned stays, and one whose ban is not written yet: the next activation would not know.
        if (_type is null || (!_session.IsKnown && _calls.Count == 0 && _session.Ban is null && _record.Pending is null))
        {
            DeactivateOnIdle();
        }
    }

    private async Task StopQueriesAsync()
    {
        if (_queries is { } queries)
        {
            await queries.StopAsync(QueryPatience);
        }
    }
}
