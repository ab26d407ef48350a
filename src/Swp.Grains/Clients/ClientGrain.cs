using Orleans.Placement;
using Swp.Clients;
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
internal sealed partial class ClientGrain(ClientServices services) : Grain, IClientGrain, IClientAttachment
{
    /// <summary>How long running queries may finish when the activation ends.</summary>
    private static readonly TimeSpan QueryPatience = TimeSpan.FromSeconds(2);

    private readonly ClientSession _session = new(services.Time);
    private readonly OpenCalls _calls = new();
    private TaskScheduler _activation = null!;
    private ClientKey _key;
    private ClientType? _type;
    private RecordHandle _record = null!;
    private AttachedClient? _attached;
    private QueryRunner? _queries;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activation = TaskScheduler.Current;
        if (!ClientKey.TryParse(this.GetPrimaryKeyString(), out _key) || services.Types.Find(_key.Type) is not { } type)
        {
            return;
        }

        _type = type;
        _record = await services.Records.OpenAsync(this.GetGrainId());
        Restore();
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
            attached.Drain();
            await StopQueriesAsync();
            Send(new ClientboundFrame { Kind = ClientboundKind.Reattach, Code = "0" }, control: true);
            services.Records.Write(_record, _session.ToRecord());
        }

        _calls.Abandon();
        await services.Records.FlushAsync(_record);
    }

    // ---- Callers ----------------------------------------------------------------------------------------------------------------------

    public Task<CallResult> RequestAsync(CallRequest request, CancellationToken cancellationToken) => CallAsync(request, oneWay: false, cancellationToken);

    public Task<CallResult> SendAsync(CallRequest message, CancellationToken cancellationToken) => CallAsync(message, oneWay: true, cancellationToken);

    public Task<ClientStatus> GetStatusAsync()
    {
        var current = _session.Current;
        var awaited = _session.Awaited;
        var status = new ClientStatus
        {
            Key = _key,
            TypeIsKnown = _type is not null,
            IsKnown = _session.IsKnown,
            Connected = current is not null || awaited is not null,
            ConnectedAt = current?.ConnectedAt ?? awaited?.ConnectedAt,
            LastHeartbeat = _session.LastHeartbeat,
            LastSeen = _session.LastSeen,
            Epoch = _session.Epoch,
            Gateway = current?.GatewayName ?? awaited?.GatewayName,
            RemoteAddress = current?.RemoteAddress ?? awaited?.RemoteAddress,
            PendingRequests = _calls.Count,
            Banned = _session.Ban is not null,
        };
        LeaveIfStranger();
        return Task.FromResult(status);
    }

    private async Task<CallResult> CallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken)
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return new CallResult { Outcome = CallOutcome.UnknownType, Message = "There is no such client type." };
        }

        if (!_record.IsLoaded && await services.Records.TryLoadAsync(_record))
        {
            Restore();
        }

        request = request with { Data = PayloadEncoder.Encode(request.Data, _type.Options.PayloadStyle) };
        if (Refuse(request) is { } refusal)
        {
            LeaveIfStranger();
            return refusal with { TypeDisplayName = _type.DisplayName };
        }

        var promise = services.Promises.Create(request, oneWay);
        _calls.Add(promise);
        try
        {
            using var registration = cancellationToken.UnsafeRegister(static state => ((Promise)state!).Cancel(), promise);
            Dispatch(promise);
            var result = await promise.Result;
            return result.Outcome == CallOutcome.Completed ? result : result with { TypeDisplayName = _type.DisplayName };
        }
        finally
        {
            _calls.Remove(promise);
            LeaveIfStranger();
        }
    }

    private CallResult? Refuse(CallRequest request)
    {
        if (request.Data.Length > _type!.Options.MaxMessageBytes)
        {
            return new CallResult
            {
                Outcome = CallOutcome.PayloadTooLarge,
                Message = $"The payload is {request.Data.Length} bytes on the wire; {_type.Options.MaxMessageBytes} are allowed.",
            };
        }

        if (_session.Ban is not null)
        {
            return new CallResult { Outcome = CallOutcome.Banned, Message = "The client is banned." };
        }

        if (_calls.Count >= _type.Options.MaxPendingRequests)
        {
            return new CallResult { Outcome = CallOutcome.TooManyPending, Message = $"{_type.DisplayName}任务繁忙，请稍后再试！" };
        }

        return null;
    }

    /// <summary>Sends a new request, or lets it wait for its client.</summary>
    private void Dispatch(Promise promise)
    {
        if (_session.Current is { } current)
        {
            services.Promises.Arm(promise, promise.Request.Timeout);
            Transmit(promise, current);
            return;
        }

        // A client whose owner has just moved is given the time its gateway needs to attach it again, out of the call's own time.
        promise.NotConnectedResult = NotConnected();
        var wait = Longer(promise.Request.WaitForConnect, Shorter(_session.AwaitedFor, promise.Request.Timeout));
        if (wait > TimeSpan.Zero)
        {
            services.Promises.Arm(promise, wait);
        }
        else
        {
            promise.Settle(promise.NotConnectedResult);
        }
    }

    private void Transmit(Promise promise, Attachment current)
    {
        if (!promise.TryQueue(current.Gateway, current.ConnectionId, current.Epoch))
        {
            return;
        }

        var sent = Send(new ClientboundFrame
        {
            Kind = promise.IsOneWay ? ClientboundKind.Message : ClientboundKind.Request,
            Uuid = promise.Uuid,
            Code = "0",
            Data = promise.Request.Data,
        });
        if (!sent)
        {
            promise.OnRejected(current.Epoch);
        }
    }

    private CallResult NotConnected()
    {
        if (_session.IsKnown)
        {
            return new CallResult { Outcome = CallOutcome.NotConnected, LastSeen = _session.LastSeen, Message = "The client is not connected." };
        }

        // While the records cannot be read nobody knows whether the client has ever been here.
        return _record.IsLoaded
            ? new CallResult { Outcome = CallOutcome.UnknownClient, Message = "No client of this id has ever connected." }
            : new CallResult { Outcome = CallOutcome.NotConnected, Message = "The client is not connected." };
    }

    // ---- Gateways ---------------------------------------------------------------------------------------------------------------------

    public async Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellationToken)
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return Refused(CloseCode.UnknownClientType, ErrorCodes.UnknownClientType, "There is no such client type.");
        }

        if (_session.Ban is { } ban)
        {
            return Refused(CloseCode.Banned, ErrorCodes.Banned, ban.Reason ?? "The client is banned.");
        }

        if (request.Resume is null && await AskServiceAsync(request, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var verdict = _session.Attach(request);
        if (verdict.Attached is not { } attached)
        {
            return new AttachResult { Status = AttachStatus.Superseded, Owner = services.Local.SiloAddress };
        }

        if (_attached is { } before)
        {
            services.Attached.Remove(before);
            before.Drain();
        }

        if (verdict.Superseded is { } superseded)
        {
            TakeOver(superseded);
        }

        // Made here and not with the first frame: only a gateway with a link is watched, and an idle client's gateway can die too.
        var link = services.Links.Get(attached.Gateway);
        _attached = new AttachedClient(attached.Gateway, attached.ConnectionId, attached.Epoch, _activation, OnFrame);
        services.Attached.Add(_attached);
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        Remember();
        LogAttached(services.Logger, _key, attached.Epoch, attached.GatewayName);
        if (!link.IsAlive)
        {
            // It died while it asked: the watcher may have passed before the client was entered.
            Detach(attached.Gateway, attached.ConnectionId, CloseCode.Normal);
        }
        else
        {
            SendWaiting(attached);
        }

        return new AttachResult { Status = AttachStatus.Attached, Owner = services.Local.SiloAddress, Epoch = attached.Epoch, LastSequence = attached.LastSequence };
    }

    public Task DetachAsync(long connectionId, long epoch)
    {
        var gateway = _session.Current is { } current && current.ConnectionId == connectionId && current.Epoch == epoch
            ? current.Gateway
            : _session.Awaited is { } awaited && awaited.ConnectionId == connectionId && _session.Epoch == epoch ? awaited.Gateway : null;
        if (gateway is not null)
        {
            Detach(gateway, connectionId, CloseCode.Normal);
        }

        return Task.CompletedTask;
    }

    private async Task<AttachResult?> AskServiceAsync(AttachRequest request, CancellationToken cancellationToken)
    {
        OpenDecision decision;
        try
        {
            decision = await _type!.Service.OnOpenAsync(
                new OpenContext { Client = _key, RemoteAddress = request.RemoteAddress, Data = request.Data, Token = request.Token },
                cancellationToken);
        }
        catch (Exception e)
        {
            LogOpenFailed(services.Logger, e, _key);
            return Refused(CloseCode.InternalError, ErrorCodes.InternalError, "The server could not decide; try again.", retryable: true);
        }

        return decision.IsAccepted ? null : Refused(CloseCode.Unauthorized, ErrorCodes.Unauthorized, decision.Reason!);
    }

    /// <summary>The newest connection wins: the old one is closed, and what it was asked is lost, or sent again if that does no harm.</summary>
    private void TakeOver(Attachment superseded)
    {
        LogSuperseded(services.Logger, _key, superseded.Epoch, superseded.GatewayName);
        services.Links.Get(superseded.Gateway).TrySend(
            new ClientboundFrame
            {
                ConnectionId = superseded.ConnectionId,
                Epoch = superseded.Epoch,
                Kind = ClientboundKind.Close,
                Code = "0",
                CloseCode = CloseCode.Superseded,
            },
            control: true);
        _calls.OnConnectionEnded(superseded.Gateway, superseded.ConnectionId);
    }

    private void SendWaiting(Attachment attached)
    {
        foreach (var promise in _calls.Waiting())
        {
            // The time-out's clock starts when the client is there; one that is sent again keeps the time it has left.
            if (!promise.HasBeenSent)
            {
                services.Promises.Arm(promise, Shorter(promise.Request.Timeout, services.Promises.TimeLeft(promise)));
            }

            Transmit(promise, attached);
        }
    }

    private AttachResult Refused(CloseCode code, string error, string message, bool retryable = false) => new()
    {
        Status = AttachStatus.Refused,
        Owner = services.Local.SiloAddress,
        CloseCode = code,
        Error = new ErrorDetail(error, retryable),
        Message = message,
    };

    // ---- Frames of the connection that speaks for the client --------------------------------------------------------------------------

    private void OnFrame(OwnerboundFrame frame)
    {
        try
        {
            if (frame.Kind == OwnerboundKind.Closed)
            {
                // A connection ends once, whatever numbers its last words carry; its epoch was checked on the way in.
                if (_session.Current is { } current && current.ConnectionId == frame.ConnectionId && current.Epoch == frame.Epoch)
                {
                    Detach(current.Gateway, frame.ConnectionId, frame.CloseCode);
                }
            }
            else if (_session.TryAdmit(frame))
            {
                Handle(frame);
            }
        }
        catch (Exception e)
        {
            // Nobody awaits this turn: the failure ends here, and the connection goes on.
            LogFrameFailed(services.Logger, e, _key, frame.Kind);
        }
    }

    private void Handle(in OwnerboundFrame frame)
    {
        switch (frame.Kind)
        {
            case OwnerboundKind.Heartbeat:
                OnHeartbeat(frame);
                break;
            case OwnerboundKind.Query:
                _queries ??= new QueryRunner(_key, _type!, OnQueryAnswered, services.Instruments, services.Time, services.Logger);
                _queries.Enqueue(frame);
                break;
        }
    }

    private void OnHeartbeat(in OwnerboundFrame frame)
    {
        var early = _session.Beat(_type!.Options.MinHeartbeatInterval);
        Remember();
        if (early is { } missed)
        {
            Send(frame.RefusedHeartbeat(missed));
            Send(new ClientboundFrame { Kind = ClientboundKind.Close, Code = "-1", CloseCode = CloseCode.HeartbeatTooFrequent }, control: true);
        }
        else if (_session.Current!.HeartbeatReply)
        {
            Send(new ClientboundFrame { Kind = ClientboundKind.Heartbeat, Uuid = frame.Uuid, Code = frame.Code, Message = frame.Message, Data = frame.Data });
        }
    }

    private void OnQueryAnswered(QueryAnswer answered)
    {
        // An answer to a connection that has been superseded meanwhile is nobody's.
        if (_session.Current?.ConnectionId != answered.ConnectionId)
        {
            return;
        }

        var answer = answered.Answer;
        Send(new ClientboundFrame
        {
            Kind = ClientboundKind.Answer,
            Uuid = answered.Uuid,
            Code = answer.Code,
            Message = answer.Message,
            Data = answer.IsRelayed ? answer.Data : PayloadEncoder.Encode(answer.Data, _type!.Options.PayloadStyle),
            Error = answer.Error,
        });
    }

    private void Detach(SiloAddress gateway, long connectionId, CloseCode code)
    {
        var ended = _session.Detach(gateway, connectionId);
        Remember();
        if (ended is null)
        {
            return;
        }

        if (_attached is { } attached)
        {
            services.Attached.Remove(attached);
            _attached = null;
        }

        _calls.OnConnectionEnded(gateway, connectionId);
        DelayDeactivation(TimeSpan.Zero);
        LogDetached(services.Logger, _key, ended.Epoch, code);
        _ = NotifyClosedAsync(new ClosedContext(_key, code, services.Time.GetUtcNow() - ended.ConnectedAt));
    }

    private async Task NotifyClosedAsync(ClosedContext closed)
    {
        try
        {
            using var patience = new CancellationTokenSource(_type!.Options.QueryTimeout, services.Time);
            await _type.Service.OnClosedAsync(closed, patience.Token);
        }
        catch (Exception e)
        {
            LogClosedFailed(services.Logger, e, _key);
        }
    }

    // ---- Shared -----------------------------------------------------------------------------------------------------------------------

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>Sends a frame to the connection that speaks for the client.</summary>
    private bool Send(ClientboundFrame frame, bool control = false) =>
        _session.Current is { } current
        && services.Links.Get(current.Gateway).TrySend(frame with { ConnectionId = current.ConnectionId, Epoch = current.Epoch }, control);

    private void Remember() => services.Records.Write(_record, _session.ToRecord());

    private void Restore()
    {
        var record = _record.Latest;
        _session.Restore(record, record.Attachment is { } attachment && services.Links.IsAlive(attachment.Gateway));
    }

    /// <summary>An id that never connected leaves nothing behind: whoever tries ids at random must not fill the memory.</summary>
    private void LeaveIfStranger()
    {
        if (!_session.IsKnown && _calls.Count == 0)
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
