using Swp.Clients;
using Swp.Cluster.Links;
using Swp.Cluster.Payloads;
using Swp.Grains.Promises;
using Swp.Grains.Sessions;
using Swp.Grains.Types;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <content>What callers ask.</content>
internal sealed partial class ClientGrain
{
    public Task<CallResult> RequestAsync(CallRequest request, CancellationToken cancellationToken) => MeasureAsync(request, oneWay: false, continued: null, cancellationToken);

    public Task<CallResult> SendAsync(CallRequest message, CancellationToken cancellationToken) => MeasureAsync(message, oneWay: true, continued: null, cancellationToken);

    Task<CallResult> IFrameHandler.OnCallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken) =>
        MeasureAsync(request, oneWay, continued: null, cancellationToken);

    public Task<ClientStatus> GetStatusAsync()
    {
        _attached?.Drain();
        var current = _session.Current;
        var awaited = _session.Awaited;
        var ban = _session.Ban;
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
            Banned = ban is not null,
            BannedUntil = ban?.Until,
            BanReason = ban?.Reason,
            Owner = services.Local.Name,
        };
        LeaveIfStranger();
        return Task.FromResult(status);
    }

    private async Task<CallResult> CallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken)
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return UnknownType;
        }

        if (_session.Current is null)
        {
            await LearnAsync(cancellationToken);
        }
        else
        {
            // One that is connected is not kept waiting for a store that does not answer.
            EnforceBan();
        }

        // After the only wait: from here on nothing can come in between.
        if (FindOpen(request) is { } open)
        {
            return await JoinAsync(open, request, cancellationToken);
        }

        if (FindEnded(request) is { } ended)
        {
            return ended;
        }

        request = request with { Data = PayloadEncoder.Encode(request.Data, _type.RawJson) };
        if (Refuse(request) is { } refusal)
        {
            refusal = Conclude(request.Uuid, request.Attempt, refusal);
            LeaveIfStranger();
            return refusal;
        }

        var promise = services.Promises.Create(request, oneWay, out var isNew);
        return isNew
            ? await AwaitAsync(promise, static (grain, promise) => grain.Dispatch(promise), cancellationToken)
            : await JoinAsync(promise, request, cancellationToken);
    }

    private async Task<CallResult> AwaitAsync(Promise promise, Action<ClientGrain, Promise> begin, CancellationToken cancellationToken)
    {
        _calls.Add(promise);
        try
        {
            using var registration = cancellationToken.UnsafeRegister(static state => ((Promise)state!).Cancel(), promise);
            if (IsStoppingMeanwhile)
            {
                // The stop has let go of the open ones just now, perhaps before this one was entered.
                promise.Move();
            }

            begin(this, promise);
            var result = await promise.Result;
            if (result.Moved && promise.CanBeSentAgain)
            {
                LoseTrack();
            }

            return Conclude(promise.Request.Uuid, promise.Attempt, result);
        }
        finally
        {
            _calls.Remove(promise);
            LeaveIfStranger();
        }
    }

    /// <summary>The caller asks again what is still open: there is one request and one outcome.</summary>
    private async Task<CallResult> JoinAsync(Promise promise, CallRequest again, CancellationToken cancellationToken)
    {
        promise.Attempt = Math.Max(promise.Attempt, again.Attempt);
        services.Promises.Shorten(promise, again.WaitForConnect + again.Timeout);
        return Describe(await promise.Result.WaitAsync(cancellationToken));
    }

    // One that has an outcome is open until the turn in which it is remembered as ended: an attempt that came in between would be made anew.
    private Promise? FindOpen(CallRequest request) => services.Promises.TryGet(request.Uuid, out var open) ? open : _calls.Find(request.Uuid);

    private CallResult Describe(CallResult result) => result.Outcome == CallOutcome.Completed ? result : result with { TypeDisplayName = _type!.DisplayName };

    private CallResult? Refuse(CallRequest request)
    {
        if (IsStopping)
        {
            return new CallResult { Outcome = CallOutcome.NotSent, Message = "The client's owner is stopping; try again." };
        }

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
            return BannedResult;
        }

        return Pending.Admits(_calls.Count) ? null : TooManyPending();
    }

    private PendingLimit Pending => new(_type!.Options.MaxPendingRequests);

    private CallResult TooManyPending() => new() { Outcome = CallOutcome.TooManyPending, Message = $"{_type!.DisplayName}任务繁忙，请稍后再试！" };

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
        var left = services.Promises.TimeLeft(promise);
        if (left <= TimeSpan.Zero)
        {
            // Its caller is being told how it ended: nothing may leave any more.
            promise.Abandon();
            return;
        }

        if (!promise.TryQueue(current.Gateway, current.ConnectionId, current.Epoch))
        {
            return;
        }

        // Behind a gateway that does not answer only what may be late, and twice, is worth waiting for.
        var sent = (promise.CanBeSentAgain || services.Links.ReachOf(current.Gateway) == PeerReach.Answering) && Send(new ClientboundFrame
        {
            Kind = promise.IsOneWay ? ClientboundKind.Message : ClientboundKind.Request,
            Uuid = promise.Uuid,
            Code = "0",
            Data = promise.Request.Data,
            Patience = left,
            IsRepeat = promise.Attempt > 1 && !promise.Request.Idempotent,
            Trace = promise.Request.Trace,
        });
        if (!sent)
        {
            promise.OnRefused(current.Epoch);
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

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
