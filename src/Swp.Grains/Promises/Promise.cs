using Swp.Clients;
using Swp.Relay;

namespace Swp.Grains.Promises;

/// <summary>
/// One open request to a client. It is settled once, by whoever knows its outcome first: the client's answer, the gateway's receipt, the
/// membership, the clock, the caller. None of them needs the grain's queue, so that a promise is kept while its grain is deactivated.
/// </summary>
internal sealed partial class Promise(string uuid, CallRequest request, bool oneWay, PromiseTable table) : Deadline
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<CallResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PromiseState _state = PromiseState.Waiting;
    private bool _everSent;
    private Doubt? _doubt;
    private bool _continued;
    private bool _arrived;
    private bool _connectionEnded;
    private SiloAddress? _gateway;
    private long _connectionId;
    private long _epoch;

    public string Uuid => uuid;

    public CallRequest Request => request;

    /// <summary>The last attempt of the call that asks for it. Touched by its grain only.</summary>
    public int Attempt { get; set; } = request.Attempt;

    /// <summary>When its caller stops waiting, in uptime. Touched by its grain only.</summary>
    public required TimeSpan EndsAt { get; set; }

    /// <summary>Whether the gateway's receipt is all that is waited for.</summary>
    public bool IsOneWay => oneWay;

    /// <summary>What the caller awaits.</summary>
    public Task<CallResult> Result => _completion.Task;

    /// <summary>What a wait for the client ends as.</summary>
    public CallResult NotConnectedResult { get; set; } = new() { Outcome = CallOutcome.NotConnected, Message = "The client is not connected." };

    public PromiseState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Whether it was sent before, to a connection that is gone.</summary>
    public bool HasBeenSent
    {
        get
        {
            lock (_gate)
            {
                return _everSent;
            }
        }
    }

    /// <summary>The request goes to this connection now. <see langword="false"/> when it is settled already.</summary>
    public bool TryQueue(SiloAddress gateway, long connectionId, long epoch)
    {
        lock (_gate)
        {
            if (_state == PromiseState.Settled)
            {
                return false;
            }

            _doubt = null;
            _state = PromiseState.Queued;
            (_gateway, _connectionId, _epoch) = (gateway, connectionId, epoch);
            (_arrived, _connectionEnded) = (false, false);
            return true;
        }
    }

    /// <summary>
    /// The batch that carries the request is about to be handed to the network: from now on it may be executed. <see langword="false"/> when its
    /// outcome says by now that it was not sent: it must not leave.
    /// </summary>
    public bool TrySending(long epoch)
    {
        lock (_gate)
        {
            if (_state != PromiseState.Queued || _epoch != epoch)
            {
                return false;
            }

            _state = PromiseState.Sent;
            return true;
        }
    }

    /// <summary>The connection's gateway has the message.</summary>
    public void OnDelivered() => Settle(new CallResult { Outcome = CallOutcome.Completed, Code = "0", Uuid = uuid });

    /// <summary>The connection's gateway has the request.</summary>
    /// <param name="epoch">The attachment it was sent for.</param>
    public void OnArrived(long epoch)
    {
        lock (_gate)
        {
            if (_state != PromiseState.Sent || _epoch != epoch)
            {
                return;
            }

            _arrived = true;
            if (!_connectionEnded)
            {
                return;
            }
        }

        Settle(static promise => promise.LossResult());
    }

    /// <summary>The gateway did not take the request: it had no effect.</summary>
    public void OnRejected(long epoch) => OnNotTaken(epoch, mayHaveArrived: false);

    /// <summary>
    /// The request was not taken, and its connection lives: waiting for another one would be waiting for nothing. Its caller asks again.
    /// </summary>
    /// <param name="epoch">The attachment it was meant for.</param>
    /// <param name="stale">Whether the connection has another owner by now, or this one anew.</param>
    public void OnRefused(long epoch, bool stale = false)
    {
        lock (_gate)
        {
            if (_state is not (PromiseState.Queued or PromiseState.Sent) || _epoch != epoch)
            {
                return;
            }

            // Of one that an earlier owner had, what was presumed no longer holds. Its caller asks whoever owns the connection.
            _everSent |= stale && _continued;
            _state = PromiseState.Queued;
        }

        Settle(static promise => promise.LossResult() is { Outcome: CallOutcome.LostInFlight } lost ? lost with { Moved = promise.CanBeSentAgain || promise._continued } : promise.LossResult());
    }

    /// <summary>The client was given the request before, by an earlier owner, and will not answer it any more.</summary>
    public void OnSeen(long epoch)
    {
        lock (_gate)
        {
            if (_state is not (PromiseState.Queued or PromiseState.Sent) || _epoch != epoch)
            {
                return;
            }

            _everSent = true;
        }

        Settle(static promise => promise.LossResult());
    }

    /// <summary>The gateway died.</summary>
    /// <param name="epoch">The attachment the request was queued for.</param>
    /// <param name="inDoubt">Whether the batch was under way.</param>
    public void OnGatewayLost(long epoch, bool inDoubt) => OnNotTaken(epoch, inDoubt);

    /// <summary>
    /// The gateway does not answer: the caller is told what is known. One that may be sent again waits: for the client, on another gateway, or for
    /// this one.
    /// </summary>
    /// <param name="epoch">The attachment the request was queued for.</param>
    public void OnGatewaySilent(long epoch) => Settle(promise =>
        promise._state is PromiseState.Queued or PromiseState.Sent && promise._epoch == epoch && !promise.CanBeSentAgain ? promise.LossResult() : null);

    /// <summary>The connection the request was given to has ended.</summary>
    /// <param name="gateway">Its gateway.</param>
    /// <param name="connectionId">Its id there.</param>
    public void OnConnectionEnded(SiloAddress gateway, long connectionId)
    {
        lock (_gate)
        {
            if (_state is not (PromiseState.Queued or PromiseState.Sent) || _connectionId != connectionId || !gateway.Equals(_gateway))
            {
                return;
            }

            // One that is still queued will not leave any more: see TrySending.
            _everSent |= _state == PromiseState.Sent;
            if (CanBeSentAgain)
            {
                _state = PromiseState.Waiting;
                return;
            }

            if (_state == PromiseState.Sent && !_arrived)
            {
                // The connection's end was faster than the receipt of the request, which says whether it came before that.
                _connectionEnded = true;
                _everSent = false;
                return;
            }
        }

        Settle(static promise => promise.LossResult());
    }

    /// <summary>The client answered. <see langword="false"/> when the answer comes from a connection that was never asked, or too late.</summary>
    public bool TryAnswer(SiloAddress gateway, in OwnerboundFrame frame)
    {
        lock (_gate)
        {
            // Queued counts: an answer can overtake the receipt of the batch that carried its question.
            if (_state is not (PromiseState.Queued or PromiseState.Sent)
                || _connectionId != frame.ConnectionId
                || _epoch > frame.Epoch
                || !gateway.Equals(_gateway))
            {
                return false;
            }
        }

        return oneWay || Settle(AnswerOf(frame));
    }

    /// <summary>What a client's answer is to the caller.</summary>
    public static CallResult AnswerOf(in OwnerboundFrame frame) => new()
    {
        Outcome = CallOutcome.Completed,
        Code = frame.Code,
        Message = frame.Message,
        Data = frame.Data,
        Uuid = frame.Uuid,
    };

    /// <summary>The caller gave up.</summary>
    public void Cancel() => Settle(new CallResult { Outcome = CallOutcome.Cancelled, Message = "The caller gave up.", Uuid = uuid });

    /// <summary>The owner stops: the next one takes up what was sent, and the rest is made to it anew.</summary>
    public void Move() => Settle(static promise => promise.LossResult() is { Outcome: CallOutcome.LostInFlight } sent ? sent with { Moved = true } : promise.LossResult());

    /// <summary>The owner stops and there is no next one: what is known is said.</summary>
    public void Abandon() => Settle(static promise => promise.LossResult());

    /// <summary>The client is kept out from now on: what may have been executed is lost, the rest never leaves.</summary>
    /// <param name="refused">What a request ends as that was never sent.</param>
    public void Bar(CallResult refused) => Settle(promise => promise._everSent || promise._state == PromiseState.Sent ? promise.LossResult() : refused);

    /// <summary>The time is over.</summary>
    public override void Expire() => Settle(static promise => promise._state switch
    {
        PromiseState.Sent => new CallResult { Outcome = CallOutcome.TimedOut, Message = "The client did not answer in time.", Uuid = promise.Uuid },
        PromiseState.Waiting when !promise._everSent => promise.NotConnectedResult,
        _ => promise.LossResult(),
    });

    /// <summary>Gives the promise an outcome unless it has one.</summary>
    public bool Settle(CallResult result)
    {
        lock (_gate)
        {
            if (_state == PromiseState.Settled)
            {
                return false;
            }

            _state = PromiseState.Settled;
        }

        Complete(result);
        return true;
    }

    // The state that an outcome is made of must be the one it ends: a request may be handed to the network at any moment.
    private void Settle(Func<Promise, CallResult?> outcome)
    {
        CallResult? result;
        lock (_gate)
        {
            if (_state == PromiseState.Settled)
            {
                return;
            }

            result = outcome(this);
            if (result is null)
            {
                return;
            }

            _state = PromiseState.Settled;
        }

        Complete(result);
    }

    private void Complete(CallResult result)
    {
        table.Remove(this);
        _completion.TrySetResult(result);
    }

    /// <summary>Whether it may be sent a second time.</summary>
    public bool CanBeSentAgain => request.Idempotent && !oneWay;

    private void OnNotTaken(long epoch, bool mayHaveArrived)
    {
        lock (_gate)
        {
            if (_state is not (PromiseState.Queued or PromiseState.Sent) || _epoch != epoch)
            {
                return;
            }

            _everSent |= mayHaveArrived;
            if (CanBeSentAgain)
            {
                _state = PromiseState.Waiting;
                return;
            }

            // What the link says is the truth, whatever was presumed when the batch left.
            _state = PromiseState.Queued;
        }

        Settle(static promise => promise.LossResult());
    }

    private CallResult LossResult() => _everSent || _state == PromiseState.Sent
        ? new CallResult { Outcome = CallOutcome.LostInFlight, Message = "The connection was lost before the client answered.", Uuid = uuid }
        : new CallResult { Outcome = CallOutcome.NotSent, Message = "The request was not sent." };
}
