using Microsoft.Extensions.Logging;
using Swp.Cluster.Membership;
using Swp.Relay;

namespace Swp.Cluster.Links;

/// <summary>
/// One direction between two members: a bounded queue and one batch in flight that carries everything queued. Calls that are not awaited
/// arrive reordered, and one-way calls vanish with a connection; one awaited batch at a time does neither, and costs less per frame.
/// </summary>
internal sealed partial class Link<TFrame>(
    SiloAddress peer,
    ILinkEndpoint<TFrame> endpoint,
    IPeers peers,
    BatchLimits limits,
    TimeProvider time,
    ILogger logger)
    where TFrame : struct, IRelayFrame
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private readonly BatchQueue<TFrame> _queue = new(limits);
    private readonly CancellationTokenSource _lost = new();

    // Starts at the clock, so that a link made anew after a fault does not repeat the numbers of the one before.
    private long _number = time.GetUtcNow().ToUnixTimeMilliseconds() << 10;

    public SiloAddress Peer => peer;

    /// <summary>Whether the peer may still be reached. Once false, for ever.</summary>
    public bool IsAlive => !_lost.IsCancellationRequested;

    /// <summary>Queues a frame. <see langword="false"/>: it will not be sent, because the peer is gone or the queue is full.</summary>
    public bool TrySend(in TFrame frame, bool control = false) => IsAlive && _queue.TryEnqueue(frame, control);

    /// <summary>The membership says that the peer is dead.</summary>
    public void MarkLost() => _lost.Cancel();

    /// <summary>Takes nothing more; what waits is still sent.</summary>
    public void Seal() => _queue.Seal();

    /// <summary>Sends until the peer is lost or the member stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _lost.Token);
        TFrame[] inDoubt = [];
        try
        {
            while (await _queue.WaitAsync(ending.Token))
            {
                while (_queue.TryTake(out var batch))
                {
                    inDoubt = endpoint.Prepare(peer, batch);
                    if (inDoubt.Length > 0)
                    {
                        await DeliverAsync(inDoubt, ending.Token);
                        inDoubt = [];
                    }
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The peer is lost, or the member stops.
        }
        finally
        {
            // However it ended: whoever waits for these frames is told what is known of them.
            await _lost.CancelAsync();
            endpoint.OnPeerLost(peer, inDoubt, _queue.Complete());
        }
    }

    private async Task DeliverAsync(TFrame[] batch, CancellationToken ending)
    {
        _number++;
        RelayReceipt receipt;
        for (var delay = FirstRetry; ; delay = delay * 2 < LongestRetry ? delay * 2 : LongestRetry)
        {
            try
            {
                receipt = await endpoint.SendAsync(peer, _number, batch).WaitAsync(ending);
                break;
            }
            catch (Exception e) when (!ending.IsCancellationRequested)
            {
                // A broken connection or a time-out, with a peer that may have taken the batch: the same number makes sending it again safe.
                LogRetry(logger, peer, batch.Length, e.Message);
                if (await peers.IsGoneAsync(peer, ending))
                {
                    MarkLost();
                }

                await Task.Delay(delay, time, ending);
            }
        }

        endpoint.OnDelivered(peer, batch, receipt);
    }

    [LoggerMessage(LogLevel.Information, "A batch of {Count} frames to {Peer} failed and is sent again: {Reason}")]
    private static partial void LogRetry(ILogger logger, SiloAddress peer, int count, string reason);
}
