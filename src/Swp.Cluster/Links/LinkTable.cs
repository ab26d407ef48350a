using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Membership;
using Swp.Relay;

namespace Swp.Cluster.Links;

/// <summary>
/// The links of this member to the members of the other role, one each. Owns their loops: they start here, not in the turn of the grain that
/// first needs one, and end when the membership says that the peer is dead, or after every grain has been deactivated.
/// </summary>
internal sealed partial class LinkTable<TFrame>(
    ILinkEndpoint<TFrame> endpoint,
    IPeers peers,
    IClusterMembershipService membership,
    IOptions<LinkOptions> options,
    TimeProvider time,
    ILogger<LinkTable<TFrame>> logger) : ILifecycleParticipant<ISiloLifecycle>
    where TFrame : struct, IRelayFrame
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<SiloAddress, Link<TFrame>> _links = new();
    private readonly Channel<Link<TFrame>> _new = Channel.CreateUnbounded<Link<TFrame>>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loops = Task.CompletedTask;

    /// <summary>What the links count.</summary>
    public LinkCounts Counts { get; } = new(typeof(TFrame) == typeof(OwnerboundFrame) ? "to_owner" : "to_gateway");

    /// <summary>How many frames wait in all links.</summary>
    public long WaitingCount => _links.Sum(link => (long)link.Value.WaitingCount);

    /// <summary>Of each peer whether it answers.</summary>
    public IEnumerable<PeerReach> Reaches => _links.Select(link => link.Value.Reach);

    /// <summary>How many peers do not answer.</summary>
    public int SilentCount => _links.Count(link => link.Value.Reach != PeerReach.Answering);

    /// <summary>Whether a member answers, as far as is known.</summary>
    public PeerReach ReachOf(SiloAddress peer) => _links.TryGetValue(peer, out var link) ? link.Reach : PeerReach.Answering;

    /// <summary>The link to a member, made when first asked for. The membership bounds their number.</summary>
    public Link<TFrame> Get(SiloAddress peer)
    {
        if (_links.TryGetValue(peer, out var link))
        {
            return link;
        }

        var created = new Link<TFrame>(peer, endpoint, peers, new BatchLimits(), options.Value, time, logger) { Counts = Counts };
        if (peers.IsKnownDead(peer))
        {
            created.MarkLost();
            return created;
        }

        link = _links.GetOrAdd(peer, created);
        if (ReferenceEquals(link, created))
        {
            _new.Writer.TryWrite(created);
            if (peers.IsKnownDead(peer))
            {
                // The watcher may have passed in between.
                created.MarkLost();
            }
        }

        return link;
    }

    // Before the silo becomes active, so that the first frame finds its loop; stopped after its grains are deactivated, whose last words are frames.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        $"Swp.LinkTable<{typeof(TFrame).Name}>",
        ServiceLifecycleStage.ApplicationServices,
        _ =>
        {
            _loops = Task.WhenAll(RunLinksAsync(), WatchMembersAsync(), WatchSilenceAsync());
            return Task.CompletedTask;
        },
        async _ =>
        {
            _new.Writer.TryComplete();
            foreach (var link in _links.Values)
            {
                link.Seal();
            }

            // The last words of the grains are given a moment of real time, but not more: a peer may be gone as well.
            await Task.WhenAny(_sent.Task, Task.Delay(LastWords, TimeProvider.System, CancellationToken.None));
            await _stopping.CancelAsync();
            await _loops;
        });

    private async Task RunLinksAsync()
    {
        var running = new List<Task>();
        await foreach (var link in _new.Reader.ReadAllAsync())
        {
            running.RemoveAll(task => task.IsCompletedSuccessfully);
            running.Add(RunLinkAsync(link));
        }

        await Task.WhenAll(running);
        _sent.TrySetResult();
    }

    private async Task RunLinkAsync(Link<TFrame> link)
    {
        // A link to this member itself may find nothing to wait for, and others are to be started.
        await Task.Yield();
        try
        {
            await link.RunAsync(_stopping.Token);
        }
        catch (Exception e)
        {
            LogLinkFailed(logger, e, link.Peer);
        }
        finally
        {
            link.MarkLost();
            _links.TryRemove(new KeyValuePair<SiloAddress, Link<TFrame>>(link.Peer, link));
        }
    }

    private async Task WatchMembersAsync()
    {
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(_stopping.Token))
            {
                foreach (var (peer, link) in _links)
                {
                    if (snapshot.GetSiloStatus(peer) == SiloStatus.Dead)
                    {
                        LogPeerDead(logger, peer);
                        link.MarkLost();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The member stops.
        }
    }

    private async Task WatchSilenceAsync()
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                try
                {
                    await LookAsync();
                }
                catch (Exception e) when (!_stopping.IsCancellationRequested)
                {
                    // One round less: the watch goes on.
                    LogWatchFailed(logger, e);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The member stops.
        }
    }

    private async Task LookAsync()
    {
        var overdue = false;
        foreach (var (_, link) in _links)
        {
            link.Look(Look);
            overdue |= link.IsOverdue;
        }

        // While the table cannot be read nobody can be declared dead: any of them may be.
        if (overdue && await peers.TryRefreshAsync(_stopping.Token))
        {
            foreach (var (_, link) in _links)
            {
                if (link.IsOverdue && !peers.IsKnownDead(link.Peer))
                {
                    link.MarkUnreachable();
                }
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The watch for silent members failed")]
    private static partial void LogWatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Information, "The member {Peer} is dead: its link ends")]
    private static partial void LogPeerDead(ILogger logger, SiloAddress peer);

    [LoggerMessage(LogLevel.Error, "The link to {Peer} failed")]
    private static partial void LogLinkFailed(ILogger logger, Exception exception, SiloAddress peer);
}
