using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Swp.Cluster.Links;
using Swp.Grains.Clients;
using Swp.Grains.Diagnostics;
using Swp.Grains.Promises;
using Swp.Grains.Types;
using Swp.Relay;

namespace Swp.Grains.Relay;

/// <summary>
/// This owner, as gateways see it. An answer goes straight to its promise, never as a grain call: a grain call that waits for another one to
/// complete it would hang as soon as the grain is deactivated. Everything else becomes a turn of its client's activation.
/// </summary>
internal sealed class OwnerService(
    GrainId grainId,
    Silo silo,
    ILoggerFactory loggerFactory,
    AttachedClients attached,
    PromiseTable promises,
    ClientTypeCatalog types,
    BatchReceiver<OwnerboundFrame> receiver,
    OwnerInstruments instruments) : GrainService(grainId, silo, loggerFactory), IOwnerService
{
    public Task<RelayReceipt> DeliverAsync(OwnerboundBatch batch) =>
        Task.FromResult(receiver.Receive(batch.Gateway, batch.Number, (Self: this, Batch: batch), static state => state.Self.Apply(state.Batch)));

    public Task<ClientTypeDescription[]> GetClientTypesAsync() => Task.FromResult(types.All.Select(type => type.Describe()).ToArray());

    private RelayReceipt Apply(OwnerboundBatch batch)
    {
        var clients = attached.Of(batch.Gateway);
        List<Rejection>? rejections = null;
        for (var i = 0; i < batch.Frames.Length; i++)
        {
            ref readonly var frame = ref batch.Frames[i];
            if (Apply(batch.Gateway, clients, frame) is { } reason)
            {
                (rejections ??= []).Add(new Rejection(i, reason));
            }
        }

        if (rejections is null)
        {
            return RelayReceipt.AllAccepted;
        }

        instruments.StaleFrames.Add(rejections.Count);
        return new RelayReceipt([.. rejections]);
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
            instruments.DroppedAnswers.Add(1);
        }

        // Answers go on to the activation too: it counts what it has seen of the connection.
        return client.Post(frame);
    }

    private bool TryAnswer(SiloAddress gateway, AttachedClient client, in OwnerboundFrame frame)
    {
        if (promises.TryAnswer(gateway, frame))
        {
            return true;
        }

        if (client.Resumed?.TryKeep(frame) != true)
        {
            return false;
        }

        // Its caller may have come in between, and found nothing kept yet.
        if (promises.TryAnswer(gateway, frame))
        {
            client.Resumed.TryTake(frame.Uuid!, out _);
        }

        return true;
    }
}
