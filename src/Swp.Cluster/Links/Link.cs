using Microsoft.Extensions.Logging;
using Swp.Cluster.Diagnostics;
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
    LinkOptions options,
    TimeProvider time,
    ILogger logger)
    where TFrame : struct, IRelayFrame
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly BatchQueue<TFrame> _queue = new(limits);
    private readonly CancellationTokenSource _lost = new();

    // Guarded by the lock, so that a receipt and a look at the clock cannot pass each other.
    private TFrame[] _batch = [];
    private long _underWay;
    private volatile PeerReach _reach;

    // Of whoever looks at the clock.
    private long _watched;
    private TimeSpan _waited;

    // Starts at the clock, so that a link made anew after a fault does not repeat the numbers of the one before.
    private long _number = time.GetUtcNow().ToUnixTimeMilliseconds() << 10;

    public SiloAddress Peer => peer;

    /// <summary>What all links of this direction count together.</summary>
    public LinkCounts Counts { get; init; } = new("");

    /// <summary>How many frames wait.</summary>
    public int WaitingCount => _queue.Count;

    /// <summary>Whether the peer may still be reached. Once false, for ever.</summary>
    public bool IsAlive => !_lost.IsCancellationRequested;

    /// <summary>Whether the peer answers.</summary>
    public PeerReach Reach => _reach;

    /// <summary>Queues a frame. <see langword="false"/>: it will not be sent, because the peer is gone or the queue is full.</summary>
    public bool TrySend(in TFrame frame, bool control = false)
    {
        if (IsAlive && _queue.TryEnqueue(frame, control))
        {
            return true;
        }

        Counts.Refused.Add();
        return false;
    }

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
                if (!_queue.TryTake(out var batch))
                {
                    // An empty one: an idle link learns only so that its peer does not answer any more.
                    await DeliverAsync([], ending.Token);
                    continue;
                }

                do
                {
                    inDoubt = endpoint.Prepare(peer, batch);
                    if (inDoubt.Length > 0)
                    {
                        await DeliverAsync(inDoubt, ending.Token);
                        inDoubt = [];
                    }
                }
                while (_queue.TryTake(out batch));
            }
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // The peer is lost, or the member stops: also when the batch failed at the same moment.
        }
        finally
        {
            // However it ended: whoever waits for these frames is told what is known of them.
            await _lost.CancelAsync();
            endpoint.OnPeerLost(peer, inDoubt, _queue.Complete());
        }
    }

    /// <summary>Looks at the clock: called by one at a time.</summary>
    /// <param name="passed">Since the last look. A pause of this process counts as one look, not as silence of its peers.</param>
    public void Look(TimeSpan passed)
    {
        var number = Volatile.Read(ref _underWay);
        if (number != _watched)
        {
            (_watched, _waited) = (number, TimeSpan.Zero);
            return;
        }

        _waited += passed;
        if (number == 0)
        {
            if (_waited >= options.Beat)
            {
                _queue.Nudge();
            }
        }
        else if (_waited >= options.Silent)
        {
            Change(number, PeerReach.Silent);
        }
    }

    /// <summary>Whether the peer has been silent for longer than a death takes to be declared. For whoever looks at the clock.</summary>
    public bool IsOverdue => _reach == PeerReach.Silent && _waited >= options.Unreachable;

    /// <summary>The membership has had its say, and the peer lives.</summary>
    public void MarkUnreachable() => Change(_watched, PeerReach.Unreachable);

    private void Change(long number, PeerReach reach)
    {
        lock (_gate)
        {
            if (_underWay != number || _reach >= reach || !IsAlive)
            {
                return;
            }

            _reach = reach;
            if (reach == PeerReach.Silent)
            {
                Counts.Silences.Add();
            }

            LogNoReceipt(logger, peer, _waited.TotalSeconds, reach);
            endpoint.OnReachChanged(peer, reach, [.. _batch, .. _queue.Snapshot()]);
        }
    }

    private void Begin(TFrame[] batch)
    {
        lock (_gate)
        {
            _number++;
            (_batch, _underWay) = (batch, _number);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            (_batch, _underWay) = ([], 0);
            if (_reach != PeerReach.Answering)
            {
                _reach = PeerReach.Answering;
                LogAnswersAgain(logger, peer);
                endpoint.OnReachChanged(peer, PeerReach.Answering, []);
            }
        }
    }

    private async Task DeliverAsync(TFrame[] batch, CancellationToken ending)
    {
        Begin(batch);
        var started = LinkDurations.Enabled ? time.GetTimestamp() : 0;
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
                Counts.Retries.Add();

                // A broken connection or a time-out, with a peer that may have taken the batch: the same number makes sending it again safe.
                LogRetry(logger, peer, batch.Length, e.Message);
                if (await peers.IsGoneAsync(peer, ending))
                {
                    MarkLost();
                }

                await Task.Delay(delay, time, ending);
            }
        }

        End();
        Counts.Frames.Add(count: batch.Length);
        if (started != 0)
        {
            LinkDurations.OnDelivered(Counts, time.GetElapsedTime(started));
        }

        endpoint.OnDelivered(peer, batch, receipt);
    }

    [LoggerMessage(LogLevel.Warning, "{Peer} has given no receipt for {Seconds:0.#} s: it counts as {Reach}")]
    private static partial void LogNoReceipt(ILogger logger, SiloAddress peer, double seconds, PeerReach reach);

    [LoggerMessage(LogLevel.Information, "{Peer} answers again")]
    private static partial void LogAnswersAgain(ILogger logger, SiloAddress peer);

    [LoggerMessage(LogLevel.Information, "A batch of {Count} frames to {Peer} failed and is sent again: {Reason}")]
    private static partial void LogRetry(ILogger logger, SiloAddress peer, int count, string reason);
}
