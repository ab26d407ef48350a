using Swp.Clients;
using Swp.Cluster.Payloads;
using Swp.Grains.Queries;
using Swp.Grains.Services;
using Swp.Grains.Sessions;
using Swp.Grains.Types;
using Swp.Overview;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Clients;

/// <content>What the connection that speaks for the client says.</content>
internal sealed partial class ClientGrain
{
    /// <summary>The largest answer of a service: a batch with it stays under the cluster's largest message.</summary>
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>As many as queries can wait.</summary>
    private const int MaxRefusedAnswers = 256;

    private List<ClientboundFrame>? _refusedAnswers;

    void IFrameHandler.OnFrame(SiloAddress gateway, in OwnerboundFrame frame)
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
            else if (_session.TryAdmit(gateway, frame))
            {
                Handle(frame);
            }
        }
        catch (Exception e)
        {
            // Nobody awaits this turn: the failure ends here, and the connection goes on.
            LogFrameFailed(services.PacedLogger, e, _key, frame.Kind);
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
                _queries ??= new QueryRunner(_key, _type!, OnQueryAnswered, services.Instruments, services.Time, services.PacedLogger);
                _queries.Enqueue(frame);
                break;
        }
    }

    private void OnHeartbeat(in OwnerboundFrame frame)
    {
        EnforceBan();
        if (_session.Current is null)
        {
            return;
        }

        var early = _session.Beat(_type!.Options.MinHeartbeatInterval, frame.Age);
        Remember();
        _counts.Heartbeats.Add(early is null ? 0 : 1);
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
        if (_session.Current is not { } current || current.ConnectionId != answered.ConnectionId || answered.Epoch < current.OpenEpoch)
        {
            return;
        }

        var answer = answered.Answer;
        var data = answer.IsRelayed ? answer.Data : PayloadEncoder.Encode(answer.Data, _type!.RawJson);
        if (data.Length > MaxAnswerBytes || data.Length > _type!.Options.OutboundBufferBytes / 2)
        {
            // It would not fit through the cluster, or not into the client's outgoing queue beside anything else.
            LogAnswerTooLarge(services.PacedLogger, _key, data.Length);
            answer = Answer.Fail("The answer is too large to be sent: ask for less.", new ErrorDetail(ErrorCodes.InternalError));
            data = JsonPayload.None;
        }

        SendAnswer(new ClientboundFrame
        {
            ConnectionId = answered.ConnectionId,
            Kind = ClientboundKind.Answer,
            Sequence = answered.Sequence,
            Uuid = answered.Uuid,
            Code = answer.Code,
            Message = answer.Message,
            Data = data,
            Error = answer.Error,
        });
    }

    // An answer that finds the way to its gateway full would never come: its client is told to connect anew instead.
    private void SendAnswer(in ClientboundFrame answer)
    {
        if (!Send(answer))
        {
            Send(new ClientboundFrame { Kind = ClientboundKind.Close, Code = "-1", CloseCode = CloseCode.OwnerUnavailable }, control: true);
        }
    }

    /// <summary>The connection was attached again while an answer was on its way to it: sent once more, as soon as the new attachment is known here.</summary>
    void IFrameHandler.OnAnswerRefused(in ClientboundFrame answer)
    {
        if (_session.Current is not { } current || current.ConnectionId != answer.ConnectionId)
        {
            return;
        }

        if (current.Epoch > answer.Epoch)
        {
            SendAnswer(answer);
        }
        else if ((_refusedAnswers ??= []).Count < MaxRefusedAnswers)
        {
            _refusedAnswers.Add(answer);
        }
    }

    private void RepeatAnswers(Attachment attached)
    {
        foreach (var answer in _refusedAnswers ?? [])
        {
            if (answer.ConnectionId == attached.ConnectionId)
            {
                SendAnswer(answer);
            }
        }

        _refusedAnswers = null;
    }

    private void Detach(SiloAddress gateway, long connectionId, CloseCode code)
    {
        var awaited = _session.Awaited;
        var ended = _session.Detach(gateway, connectionId);
        if (ended is null)
        {
            if (!ReferenceEquals(awaited, _session.Awaited))
            {
                Remember();
            }

            return;
        }

        Remember();

        if (_attached is { } attached)
        {
            services.Attached.Remove(attached);
            attached.Close();
            _attached = null;
        }

        _heldSince = null;
        _calls.OnConnectionEnded(gateway, connectionId);
        _queries?.Forget(connectionId);
        DelayDeactivation(TimeSpan.Zero);
        services.Events.OnConnection(_key, ClientEventKind.Closed, ended.GatewayName, code);
        LogDetached(services.PacedLogger, _key, ended.Epoch, code);
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
            LogClosedFailed(services.PacedLogger, e, _key);
        }
    }
}
