using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Cluster.Links;
using Swp.Grains.Clients;
using Swp.Grains.Diagnostics;
using Swp.Grains.Draining;
using Swp.Grains.Events;
using Swp.Grains.Promises;
using Swp.Grains.Types;
using Swp.Overview;
using Swp.Relay;

namespace Swp.Grains.Relay;

/// <summary>
/// This owner, as gateways see it. An answer goes straight to its promise, never as a grain call: a grain call that waits for another one to
/// complete it would hang as soon as the grain is deactivated. Everything else becomes a turn of its client's activation.
/// </summary>
internal sealed class OwnerService : GrainService, IOwnerService
{
    private readonly AttachedClients _attached;
    private readonly PromiseTable _promises;
    private readonly ClientTypeCatalog _types;
    private readonly BatchReceiver<OwnerboundFrame> _receiver;
    private readonly OwnerInstruments _instruments;
    private readonly ClientEvents _events;
    private readonly OwnerDrain _drain;

    public OwnerService(
        GrainId grainId,
        Silo silo,
        ILoggerFactory loggerFactory,
        AttachedClients attached,
        PromiseTable promises,
        ClientTypeCatalog types,
        BatchReceiver<OwnerboundFrame> receiver,
        LocalReceiver<OwnerboundFrame> local,
        OwnerInstruments instruments,
        ClientEvents events,
        OwnerDrain drain)
        : base(grainId, silo, loggerFactory)
    {
        (_attached, _promises, _types, _receiver, _instruments) = (attached, promises, types, receiver, instruments);
        (_events, _drain) = (events, drain);
        local.Receive = Receive;
    }

    public Task<RelayReceipt> DeliverAsync(OwnerboundBatch batch) => Task.FromResult(Receive(batch.Gateway, batch.Number, batch.Frames));

    private RelayReceipt Receive(SiloAddress gateway, long number, OwnerboundFrame[] frames) =>
        _receiver.Receive(gateway, number, (Self: this, Gateway: gateway, Frames: frames), static state => state.Self.Apply(state.Gateway, state.Frames));

    public Task<ClientTypeDescription[]> GetClientTypesAsync() => Task.FromResult(_types.All.Select(type => type.Describe()).ToArray());

    public Task<OwnerReport> ReportAsync() => Task.FromResult(new OwnerReport
    {
        IsDraining = _drain.IsDraining,
        Clients = _attached.Count,
        ActiveCalls = _promises.Count,
        Calls = _instruments.Calls.Read(),
        Durations = _instruments.CompletedRequests.Read(),
    });

    public Task<ClientHistory> GetHistoryAsync(ClientKey client, int limit) => Task.FromResult(_events.Read(client, limit));

    private RelayReceipt Apply(SiloAddress gateway, OwnerboundFrame[] frames)
    {
        var clients = _attached.Of(gateway);
        List<Rejection>? rejections = null;
        for (var i = 0; i < frames.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            if (Apply(gateway, clients, frame) is { } reason)
            {
                _instruments.RejectedFrames.Add((int)reason);
                (rejections ??= []).Add(new Rejection(i, reason));
            }
        }

        return rejections is null ? RelayReceipt.AllAccepted : new RelayReceipt([.. rejections]);
    }

    private RejectReason? Apply(SiloAddress gateway, IReadOnlyDictionary<long, AttachedClient> clients, in OwnerboundFrame frame)
    {
        if (!clients.TryGetValue(frame.ConnectionId, out var client))
        {
            return RejectReason.NotAttached;
        }

        if (client.Epoch != frame.Epoch)
        {
            return RejectReason.StaleEpoch;
        }

        if (frame.Kind == OwnerboundKind.Answer && !TryAnswer(gateway, client, frame))
        {
            _instruments.DroppedAnswers.Add();
        }

        // Answers go on to the activation too: it counts what it has of the connection.
        return client.Post(frame);
    }

    private bool TryAnswer(SiloAddress gateway, AttachedClient client, in OwnerboundFrame frame)
    {
        if (_promises.TryAnswer(gateway, frame))
        {
            return true;
        }

        if (client.Resumed?.TryKeep(frame) != true)
        {
            return false;
        }

        // Its caller may have come in between, and found nothing kept yet.
        if (_promises.TryAnswer(gateway, frame))
        {
            client.Resumed.TryTake(frame.Uuid!, out _);
        }

        return true;
    }
}
