using Swp.Clients;
using Swp.Cluster.Heartbeats;
using Swp.Cluster.Payloads;
using Swp.Grains.Promises;
using Swp.Grains.Types;

namespace Swp.Grains.Clients;

/// <content>Calls that an earlier owner had: what became of them, the connection knows.</content>
internal sealed partial class ClientGrain
{
    public Task<CallResult> ContinueAsync(ContinueRequest request, CancellationToken cancellationToken) => MeasureAsync(request.Call, request.OneWay, request, cancellationToken);

    private async Task<CallResult> TakeUpAsync(ContinueRequest request, CancellationToken cancellationToken)
    {
        if (_type is null)
        {
            DeactivateOnIdle();
            return Lost(moved: false);
        }

        if (request.Call.Uuid is not { } uuid)
        {
            return Lost(moved: false);
        }

        await LearnAsync(cancellationToken);
        if (FindOpen(request.Call) is { } open)
        {
            return await JoinAsync(open, request.Call, cancellationToken);
        }

        if (_recent?.TryFind(uuid, out var ended) == true)
        {
            return ended.Result ?? Lost(moved: false);
        }

        if (IsStopping)
        {
            return Lost(moved: true);
        }

        if (TakeAnswer(uuid) is { } answer)
        {
            return Conclude(uuid, request.Call.Attempt, answer);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            // Its caller has an outcome by now.
            return Lost(moved: false);
        }

        var doubt = Doubt.From(request.Age, services.Time.GetUtcNow() - request.MadeAt, HeartbeatClock.Now(services.Time));
        if (Pending.Refuse(FateOf(uuid, doubt), _session.Current is not null, _calls.Count) is { } refused)
        {
            return Conclude(uuid, request.Call.Attempt, refused == CallOutcome.TooManyPending ? TooManyPending() : Lost(moved: false));
        }

        var call = request.Call with { Data = PayloadEncoder.Encode(request.Call.Data, _type.RawJson) };
        var promise = services.Promises.Create(call, request.OneWay, out var isNew);
        if (!isNew)
        {
            return await JoinAsync(promise, call, cancellationToken);
        }

        promise.SetDoubt(doubt);
        return await AwaitAsync(
            promise,
            (grain, promise) =>
            {
                services.Promises.Arm(promise, call.WaitForConnect + call.Timeout);
                grain.Decide(promise, doubt);
            },
            cancellationToken);
    }

    /// <summary>Ends the doubt about a request, or lets it wait for the connection that its client's gateway is about to attach again.</summary>
    private void Decide(Promise promise, Doubt doubt)
    {
        var fate = FateOf(promise.Uuid, doubt);
        if (fate == RequestFate.NeverSent && Barrier() is { } barrier)
        {
            promise.KnowNeverSent();
            promise.Bar(barrier);
            return;
        }

        if (_session.Current is not { } current)
        {
            if (fate == RequestFate.NeverSent)
            {
                promise.KnowNeverSent();
                Dispatch(promise);
            }
            else if (_session.Awaited is null)
            {
                // The connection that may have had it is gone. An idempotent one waits for the next.
                promise.KnowLost();
            }

            return;
        }

        switch (fate)
        {
            case RequestFate.AtClient:
                promise.KnowSent(current.Gateway, current.ConnectionId, current.Epoch);
                if (TakeAnswer(promise.Uuid) is { } answer)
                {
                    // It came while this was found out.
                    promise.Settle(answer);
                }

                break;
            case RequestFate.Done when promise.IsOneWay:
                promise.OnDelivered();
                break;
            case RequestFate.NeverSent:
                promise.KnowNeverSent();
                Transmit(promise, current);
                break;
            case RequestFate.Done or RequestFate.Unknown when promise.KnowLost():
                Transmit(promise, current);
                break;
        }
    }

    // The one that is asked about is among those that are open.
    private CallResult? Barrier() => _session.Ban is not null ? BannedResult : Pending.Admits(_calls.OpenCount - 1) ? null : TooManyPending();

    private RequestFate FateOf(string uuid, Doubt doubt) => _resumed?.FateOf(uuid, doubt) switch
    {
        RequestFate.AtClient => RequestFate.AtClient,
        RequestFate.Done => RequestFate.Done,

        // The client has been attached here since before the call was made, and it is none of those that ended here. (One that was only called here may
        // have been attached elsewhere: while members come and go, a client has two activations for a moment, and the idle one stays.)
        _ when _heldSince <= doubt.Earliest && CallsKnownSince <= doubt.Earliest => RequestFate.NeverSent,

        // It did not come through an earlier owner before the connection was attached here, nor through this one since: whenever it was made.
        RequestFate.NeverSent when CallsKnownSince <= _resumed.AttachedAt => RequestFate.NeverSent,
        _ => RequestFate.Unknown,
    };

    private CallResult? TakeAnswer(string uuid) => _resumed is { } resumed && resumed.TryTake(uuid, out var answer) ? Promise.AnswerOf(answer) : null;

    private static CallResult Lost(bool moved) => new()
    {
        Outcome = CallOutcome.LostInFlight,
        Message = "The client's owner was lost before it answered.",
        Moved = moved,
    };
}
