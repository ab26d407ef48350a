using Swp.Cluster.Heartbeats;
using Swp.Grains.Diagnostics;
using Swp.Grains.Promises;
using Swp.Grains.Services;
using Swp.Grains.Sessions;
using Swp.Grains.Types;
using Swp.Overview;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <content>What gateways ask: which connection speaks for the client.</content>
internal sealed partial class ClientGrain
{
    public async Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellationToken)
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return Refused(CloseCode.UnknownClientType, ErrorCodes.UnknownClientType, "There is no such client type: correct the address.");
        }

        var result = await TryAttachAsync(request, cancellationToken);
        var outcome = result.Status switch
        {
            AttachStatus.Attached => request.Resume is null ? AttachOutcome.Opened : AttachOutcome.Resumed,
            AttachStatus.Superseded => AttachOutcome.Superseded,
            _ => AttachOutcome.Refused,
        };
        _counts.Attaches.Add((int)outcome);
        if (outcome is AttachOutcome.Refused or AttachOutcome.Superseded)
        {
            services.Events.OnConnection(_key, ClientEventKind.Refused, request.GatewayName, result.CloseCode);
        }

        return result;
    }

    private async Task<AttachResult> TryAttachAsync(AttachRequest request, CancellationToken cancellationToken)
    {
        ThrowIfStopping();
        await LearnAsync(cancellationToken);
        if (RefuseBanned() is { } banned)
        {
            return banned;
        }

        if (RefuseUnverified(request) is { } unverified)
        {
            LeaveIfStranger();
            return unverified;
        }

        request = request with { OpenAge = AgeOf(request), OpenedAt = null };
        var started = services.Time.GetTimestamp();

        if (request.Resume is null && await AskServiceAsync(request, cancellationToken) is { } refusal)
        {
            LeaveIfStranger();
            return refusal;
        }

        // The time the service took is part of the OPEN's age, and its gateway may have given up meanwhile.
        request = request with { OpenAge = request.OpenAge + services.Time.GetElapsedTime(started) };
        if (cancellationToken.IsCancellationRequested)
        {
            LeaveIfStranger();
            return Refused(CloseCode.OwnerUnavailable, ErrorCodes.OwnerUnavailable, "The server took too long: connect again in a moment.", retryable: true);
        }

        // Once more: it may have been banned while its service was asked.
        if (RefuseBanned() is { } bannedMeanwhile)
        {
            return bannedMeanwhile;
        }

        ThrowIfStopping();
        if (_session.Foretell(request) is { } record)
        {
            // While the store is down everything goes on: an OPEN waits for it once in a while, for a second. What is foretold is carried out, even if this owner
            // begins to stop or the gateway gives up meanwhile (it says so next): the record knows the old connection no more.
            started = services.Time.GetTimestamp();
            await services.Records.TryWriteNowAsync(_record, record);
            request = request with { OpenAge = request.OpenAge + services.Time.GetElapsedTime(started) };
            EnforceBan();
            if (RefuseBanned() is { } bannedByNow)
            {
                return bannedByNow;
            }
        }

        var verdict = _session.Attach(request);
        if (verdict.ExpelledBy is { } code)
        {
            return Refused(code, code.ToReason(), "The server has ended the connection.");
        }

        if (verdict.RetryAfter is { } wait)
        {
            LogFight(services.PacedLogger, _key, request.GatewayName, wait);
            return Refused(CloseCode.RateLimited, ErrorCodes.RateLimited, "Connections of this client take over from each other too often: see that only one device uses this id, and connect again after retryAfterMs.", retryable: true, wait);
        }

        if (verdict.Attached is not { } attached)
        {
            return Refused(CloseCode.Superseded, ErrorCodes.Superseded, "A newer connection speaks for the client: do not connect again.") with { Status = AttachStatus.Superseded };
        }

        if (_attached is { } before)
        {
            services.Attached.Remove(before);
            before.Close();
            before.Drain();
        }

        if (verdict.Superseded is { } superseded)
        {
            TakeOver(superseded);
        }

        if (request.Spent is { } spent)
        {
            // The connection has counted all the while, whatever became of its owners.
            _session.Limiter?.Spend(spent);
        }

        // Made here and not with the first frame: only a gateway with a link is watched, and an idle client's gateway can die too.
        var link = services.Links.Get(attached.Gateway);

        // What a dead gateway says is not believed: its client may have come back elsewhere, and been asked there.
        _resumed = verdict.Continued && _resumed is not null ? _resumed : link.IsAlive ? Resume(request, attached) : null;
        _attached = new AttachedClient(attached.Gateway, attached.ConnectionId, attached.Epoch, _activation, this) { Resumed = _resumed, Limiter = _session.Limiter };
        services.Attached.Add(_attached);
        _heldSince ??= HeartbeatClock.Now(services.Time);
        if (IsStopping)
        {
            // The stop has begun just now, and may have passed by here already.
            _attached.Close();
        }

        DelayDeactivation(Timeout.InfiniteTimeSpan);
        Remember();
        services.Events.OnConnection(_key, request.Resume is null ? ClientEventKind.Connected : ClientEventKind.Moved, attached.GatewayName);
        LogAttached(services.PacedLogger, _key, attached.Epoch, attached.GatewayName);
        if (!link.IsAlive)
        {
            // It died while it asked: the watcher may have passed before the client was entered.
            Detach(attached.Gateway, attached.ConnectionId, CloseCode.Normal);
        }
        else
        {
            SendWaiting(attached);
            RepeatAnswers(attached);
        }

        return new AttachResult
        {
            Status = AttachStatus.Attached,
            Owner = services.Local.SiloAddress,
            Epoch = attached.Epoch,
            LastSequence = attached.LastSequence,
            Continued = verdict.Continued,
            Spent = _session.Limiter?.Spent,
        };
    }

    public Task DetachAsync(SiloAddress gateway, long connectionId)
    {
        if (_type is not null)
        {
            Detach(gateway, connectionId, CloseCode.Normal);
            LeaveIfStranger();
        }

        return Task.CompletedTask;
    }

    private async Task<AttachResult?> AskServiceAsync(AttachRequest request, CancellationToken cancellationToken)
    {
        // Attaches of one client follow one another: a service that does not decide must not hold up every later one.
        using var patience = new CancellationTokenSource(OpenPatience, services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        OpenDecision decision;
        try
        {
            var open = new OpenContext { Client = _key, RemoteAddress = request.RemoteAddress, Data = request.Data, Token = request.Token, Verified = request.Verified };
            decision = await _type!.Service.OnOpenAsync(open, ending.Token).AsTask().WaitAsync(ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return Refused(CloseCode.OwnerUnavailable, ErrorCodes.OwnerUnavailable, "The server did not decide in time: connect again in a moment.", retryable: true);
        }
        catch (Exception e)
        {
            LogOpenFailed(services.PacedLogger, e, _key);
            return Refused(CloseCode.InternalError, ErrorCodes.InternalError, "The server could not decide: connect again in a moment.", retryable: true);
        }

        return decision.IsAccepted ? null : Refused(CloseCode.Unauthorized, ErrorCodes.Unauthorized, decision.Reason!);
    }

    /// <summary>The newest connection wins: the old one is closed, and what it was asked is lost, or sent again if that does no harm.</summary>
    private void TakeOver(Attachment superseded)
    {
        _counts.Takeovers.Add();
        services.Events.OnConnection(_key, ClientEventKind.Superseded, superseded.GatewayName, CloseCode.Superseded);
        LogSuperseded(services.PacedLogger, _key, superseded.Epoch, superseded.GatewayName);
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
        _queries?.Forget(superseded.ConnectionId);
    }

    // An answer that is taken here now would die here. The gateway asks again until the client has its next owner.
    private void ThrowIfStopping()
    {
        if (IsStopping)
        {
            throw new OrleansException("The owner is stopping.");
        }
    }

    // One that was under way for long, because its owner hung, is not the newest any more. A little is left to the clocks of the two machines.
    private TimeSpan AgeOf(AttachRequest request)
    {
        var underWay = services.Time.GetUtcNow() - request.OpenedAt - request.OpenAge;
        return underWay > UnderWayForLong ? request.OpenAge + underWay.Value : request.OpenAge;
    }

    private ResumedRequests? Resume(AttachRequest request, Attachment attached)
    {
        if (request.Requests is not { } ledger)
        {
            return null;
        }

        if (_resumed is { } before)
        {
            services.Deadlines.Disarm(before);
        }

        var resumed = new ResumedRequests(ledger, attached, HeartbeatClock.Now(services.Time));
        services.Deadlines.Arm(resumed, ResumedRequests.Patience);
        return resumed;
    }

    private void SendWaiting(Attachment attached)
    {
        foreach (var promise in _calls.Waiting())
        {
            if (promise.Doubt is { } doubt)
            {
                Decide(promise, doubt);
                continue;
            }

            // The time-out's clock starts when the client is there; one that is sent again keeps the time it has left.
            if (!promise.HasBeenSent)
            {
                services.Promises.Arm(promise, Shorter(promise.Request.Timeout, services.Promises.TimeLeft(promise)));
            }

            Transmit(promise, attached);
        }
    }

    private AttachResult? RefuseBanned() =>
        _session.Ban is { } ban ? Refused(CloseCode.Banned, ErrorCodes.Banned, ban.Reason ?? "The client is banned: do not connect again.") : null;

    // A gateway that is older than the setting, or does not know it yet, checks nothing.
    private AttachResult? RefuseUnverified(AttachRequest request) =>
        request.Resume is null && _type!.Options.Authentication == ClientAuthentication.Token && request.Verified?.Subject != _key.Id
            ? Refused(CloseCode.Unauthorized, ErrorCodes.Unauthorized, "The gateway has not checked a token for this client.")
            : null;

    private AttachResult Refused(CloseCode code, string error, string message, bool retryable = false, TimeSpan? retryAfter = null) => new()
    {
        Status = AttachStatus.Refused,
        Owner = services.Local.SiloAddress,
        CloseCode = code,
        Error = new ErrorDetail(error, retryable, retryAfter is { } wait ? (int)Math.Ceiling(wait.TotalMilliseconds) : null),
        Message = message,
    };
}
