using Swp.Cluster.Heartbeats;
using Swp.Cluster.Limits;
using Swp.Clients;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Protocol;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <content>Finding the client's owner: at OPEN, and again whenever it moved or died.</content>
internal sealed partial class ClientRelay
{
    /// <summary>Attaches the connection for the first time.</summary>
    /// <param name="data">The OPEN's data.</param>
    /// <param name="token">The client's token.</param>
    /// <param name="facts">What was found in it, when it was checked.</param>
    /// <param name="answer">Answers the OPEN: called before any frame of the owner is passed on.</param>
    /// <returns>Why the client is refused, or <see langword="null"/>.</returns>
    public async ValueTask<AttachResult?> OpenAsync(JsonPayload data, string? token, TokenFacts? facts, Action answer)
    {
        if (_services.Refused.Find(Key) is { } refused)
        {
            Finish();
            return refused;
        }

        _services.Relays.Add(this);
        var result = await FindOwnerAsync(Request() with { Data = data, Token = token, Verified = facts });
        if (result?.Status == AttachStatus.Attached)
        {
            OnAttached(result, answer);
            return null;
        }

        if (result is null)
        {
            GiveUp();
        }
        else
        {
            _services.Refused.Remember(Key, result);
        }

        Finish();
        return result ?? new AttachResult
        {
            Status = AttachStatus.Refused,
            Owner = _services.Local.SiloAddress,
            Message = "The client's owner cannot be reached: connect again in a moment.",
            Error = new ErrorDetail(ErrorCodes.OwnerUnavailable, Retryable: true),
            CloseCode = CloseCode.OwnerUnavailable,
        };
    }

    /// <summary>Tries to attach the connection again; called by the queue that limits the rate, and once more later when it is of no avail.</summary>
    public async Task ReattachAsync(CancellationToken stopping)
    {
        try
        {
            if (_givenUp || (_ended is not null && !OwesMoreThanGoodbye()))
            {
                // Its owner may believe otherwise, and there is nothing else left to say.
                Finish();
                await _services.Grains.GetGrain<IClientAttachment>(Key.ToGrainId())
                    .DetachAsync(_services.Local.SiloAddress, ConnectionId)
                    .WaitAsync(AttemptPatience, _services.Time, stopping);
                return;
            }

            if (_state == State.Done)
            {
                return;
            }

            var resume = new Resume(_openEpoch, _epoch, _connectedAt);
            var result = await TryAttachAsync(Request() with { Resume = resume }, ReattachPatience, stopping);
            if (result is null && TryLater())
            {
                Count(ReattachResult.Postponed);
                return;
            }

            if (result?.Status == AttachStatus.Attached)
            {
                Count(ReattachResult.Attached);
                OnAttached(result, answer: null);
                return;
            }

            Finish();
            Count(result is null ? ReattachResult.GivenUp : ReattachResult.Refused);
            if (result is null)
            {
                GiveUp();
            }

            _connection.Close(result?.Status switch
            {
                AttachStatus.Superseded => CloseCode.Superseded,
                AttachStatus.Refused => result.CloseCode,
                _ => CloseCode.OwnerUnavailable,
            });
        }
        catch (Exception e)
        {
            Finish();
            if (!_givenUp && !stopping.IsCancellationRequested)
            {
                GiveUp();
            }

            Count(ReattachResult.GivenUp);
            LogReattachFailed(_services.Logger, Key, e.Message);
            _connection.Close(CloseCode.OwnerUnavailable);
        }
    }

    private void Count(ReattachResult result) => _services.Instruments.Reattaches.Add((int)result);

    private bool OwesMoreThanGoodbye()
    {
        lock (_gate)
        {
            return _underWay.All.Any(frame => frame.Kind != OwnerboundKind.Closed);
        }
    }

    // An attach that was given up may still come about at the owner: it is told that nobody is here.
    private void GiveUp()
    {
        _givenUp = true;
        _services.Reattach.Add(this);
    }

    private AttachRequest Request() => new()
    {
        Gateway = _services.Local.SiloAddress,
        GatewayName = _services.Local.Name,
        ConnectionId = ConnectionId,
        RemoteAddress = _connection.RemoteAddress,
        HeartbeatReply = _heartbeatReply,
    };

    /// <summary>How long ago the last HEART came that the owner has.</summary>
    private TimeSpan? LastHeartbeatAge()
    {
        lock (_gate)
        {
            return _lastHeartbeat is { } last ? HeartbeatClock.Now(_services.Time) - last : null;
        }
    }

    // What the next owner is told is the whole truth until it has answered: a request of the last one that is still on its way comes too late.
    private RequestLedger CloseRequestBook()
    {
        lock (_gate)
        {
            _refusesRequests = true;
            var ledger = _requests.ToLedger(_early);

            // Once it has ended, its client may have come back to the owner that is lost, and been asked by another connection what this one knows nothing of.
            return _ended is null ? ledger : ledger with { CompleteFor = TimeSpan.Zero };
        }
    }

    // Full jitter: those who lost the same owner do not come back in step.
    private bool TryLater()
    {
        var delay = _nextDelay;
        if (_services.Time.GetElapsedTime(_lostAt) + delay > OwnerPatience)
        {
            return false;
        }

        _nextDelay = Longer(delay);
        _services.Reattach.AddLater(this, delay * Random.Shared.NextDouble());
        return true;
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < LongestRetry ? delay * 2 : LongestRetry;

    /// <summary>Asks for the owner at OPEN, again and again while it cannot be reached. <see langword="null"/> when patience runs out.</summary>
    private async Task<AttachResult?> FindOwnerAsync(AttachRequest request)
    {
        var started = _services.Time.GetTimestamp();
        for (var delay = FirstRetry; ; delay = Longer(delay))
        {
            // All of it for one attempt: the service that decides about the OPEN may need it.
            if (await TryAttachAsync(request, OpenPatience - _services.Time.GetElapsedTime(started), CancellationToken.None) is { } result)
            {
                return result;
            }

            if (_services.Time.GetElapsedTime(started) + delay > (_services.Links.SilentCount > 0 ? AttemptPatience : OpenPatience))
            {
                return null;
            }

            await Task.Delay(delay * Random.Shared.NextDouble(), _services.Time);
        }
    }

    /// <summary>Asks the owner once. <see langword="null"/> when it cannot be reached.</summary>
    private async Task<AttachResult?> TryAttachAsync(AttachRequest request, TimeSpan patience, CancellationToken stopping)
    {
        using var givingUp = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var attempt = request with
        {
            LastHeartbeatAge = LastHeartbeatAge(),
            OpenAge = _services.Time.GetElapsedTime(_openedAt),
            OpenedAt = _services.Time.GetUtcNow() - _services.Time.GetElapsedTime(_openedAt),
            Requests = request.Resume is null ? null : CloseRequestBook(),
            Spent = request.Resume is null ? null : Limiter?.Spent,
        };
        try
        {
            var attaching = _services.Grains.GetGrain<IClientAttachment>(Key.ToGrainId()).AttachAsync(attempt, givingUp.Token);
            attaching.Ignore();
            try
            {
                return await attaching.WaitAsync(patience < AttemptPatience ? patience : AttemptPatience, _services.Time, stopping);
            }
            catch (TimeoutException) when (!attaching.IsCompleted && patience > AttemptPatience && _services.Links.SilentCount == 0)
            {
                // No owner is known to be silent: this one thinks.
                return await attaching.WaitAsync(patience - AttemptPatience, _services.Time, stopping);
            }
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            LogAttachFailed(_services.Logger, Key, e.Message);
            await givingUp.CancelAsync();
            return null;
        }
    }

    private void OnAttached(AttachResult result, Action? answer)
    {
        // Made here and not with the first frame: only an owner with a link is watched, and an idle client's owner can die too.
        var link = _services.Links.Get(result.Owner);
        lock (_gate)
        {
            _owner = result.Owner;
            _epoch = result.Epoch;
            if (answer is not null)
            {
                _openEpoch = result.Epoch;
                _connectedAt = _services.Time.GetUtcNow();
                Limiter = ClientLimiter.For(ClientRates.Of(_connection.Type), _services.Time);
                Limiter?.Spend(result.Spent ?? default);
            }

            _state = State.Attached;
            _refusesRequests = false;
            answer?.Invoke();
            if (answer is not null)
            {
                EnterRoll();
            }

            foreach (var frame in _early ?? [])
            {
                // Whatever its epoch: its owner was told that it arrived, and this connection is the one it is for.
                Pass(frame, writers: null);
            }

            _early = null;
            Acknowledge(result.LastSequence);
            if (!result.Continued)
            {
                AnswerLostQueries();
            }

            (_inDoubt, _transmitted) = (0, 0);
            foreach (var frame in _underWay.All)
            {
                if (_state != State.Attached)
                {
                    // The new owner is gone already, or has sent the connection on.
                    break;
                }

                Transmit(frame);
            }

            if (_ended is { } code && !_underWay.All.Any(frame => frame.Kind == OwnerboundKind.Closed))
            {
                SayClosed(code);
            }
        }

        if (!link.IsAlive)
        {
            // It died while it answered: the watcher may have passed before the owner was noted.
            StartReattach();
        }
    }

    // A connection that closes at the same time takes itself out, or is taken out here.
    private void EnterRoll()
    {
        _services.Open.Enter(this);
        if (_connection.IsClosing)
        {
            LeaveRoll();
        }
    }

    // What an earlier owner has taken, or may have, it will not answer any more; and it may have been carried out, so that it is not asked again.
    private void AnswerLostQueries()
    {
        var last = Math.Max(_underWay.Acknowledged, _inDoubt);
        foreach (var uuid in _queries.TakeUpTo(last))
        {
            _connection.Send(new OutboundFrame
            {
                Type = SessionType.Client,
                Uuid = uuid,
                Code = "-1",
                Message = "The server was lost before it answered, and the query may have been carried out: check before you ask again.",
                Error = new ErrorDetail(ErrorCodes.LostInFlight),
            });
        }

        _underWay.GiveUpQueries(last);
    }

    /// <summary>Nothing more goes to the owner.</summary>
    private void Finish()
    {
        lock (_gate)
        {
            _state = State.Done;
            _underWay.Release();
        }

        _services.Relays.Remove(this);
    }

    /// <summary>The owner moved, died, or does not know the connection any more.</summary>
    private void StartReattach()
    {
        lock (_gate)
        {
            if (_state != State.Attached)
            {
                return;
            }

            _state = State.Attaching;
            _owner = null;
            (_lostAt, _nextDelay) = (_services.Time.GetTimestamp(), FirstRetry);
        }

        _services.Reattach.Add(this);
    }

    [LoggerMessage(LogLevel.Information, "{Client} has epoch {Epoch}, its owner speaks with {OwnersEpoch}: it is attached again")]
    private static partial void LogBehind(ILogger logger, ClientKey client, long epoch, long ownersEpoch);

    [LoggerMessage(LogLevel.Debug, "{Client} could not be attached and is tried again: {Reason}")]
    private static partial void LogAttachFailed(ILogger logger, ClientKey client, string reason);

    [LoggerMessage(LogLevel.Information, "{Client} could not be attached again: {Reason}")]
    private static partial void LogReattachFailed(ILogger logger, ClientKey client, string reason);
}
