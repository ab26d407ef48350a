using Swp.Cluster.Heartbeats;
using Swp.Clients;
using Swp.Grains.Promises;
using Swp.Grains.Types;

namespace Swp.Grains.Clients;

/// <content>Calls that an earlier owner had: what became of them, the connection knows.</content>
internal sealed partial class ClientGrain
{
    public async Task<CallResult> ContinueAsync(ContinueRequest request, CancellationToken cancellationToken)
    {
        if (_type is null || request.Call.Uuid is not { } uuid)
        {
            DeactivateOnIdle();
            return Lost(moved: false);
        }

        if (FindOpen(request.Call) is { } open)
        {
            return await JoinAsync(open, cancellationToken);
        }

        if (services.Promises.IsClosed)
        {
            return Lost(moved: true);
        }

        if (TakeAnswer(uuid) is { } answer)
        {
            return answer;
        }

        await LearnAsync(cancellationToken);
        var call = request.Call with { Data = PayloadEncoder.Encode(request.Call.Data, _type.Options.PayloadStyle) };
        var promise = services.Promises.Create(call, request.OneWay, out var isNew);
        if (!isNew)
        {
            return await JoinAsync(promise, cancellationToken);
        }

        var doubt = new Doubt(HeartbeatClock.Now(services.Time) - request.Age, request.MadeAt);
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
        if (_session.Current is not { } current)
        {
            if (_session.Awaited is null)
            {
                // The connection that may have had it is gone. An idempotent one waits for the next.
                promise.KnowLost();
            }

            return;
        }

        switch (_resumed?.FateOf(promise.Uuid, doubt) ?? RequestFate.Unknown)
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

    private CallResult? TakeAnswer(string uuid) => _resumed is { } resumed && resumed.TryTake(uuid, out var answer) ? Promise.AnswerOf(answer) : null;

    private static CallResult Lost(bool moved) => new()
    {
        Outcome = CallOutcome.LostInFlight,
        Message = "The client's owner was lost before it answered.",
        Moved = moved,
    };
}
