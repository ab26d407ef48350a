using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Runtime;
using Swp.Cluster.Links;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Grains.Tests.Links;

/// <summary>The other end of a link, in the hands of the test: it answers each batch when the test says so.</summary>
internal sealed class FakeEndpoint : ILinkEndpoint<TestFrame>
{
    private readonly Channel<Sent> _sent = Channel.CreateUnbounded<Sent>();
    private readonly TaskCompletionSource<(TestFrame[] InDoubt, TestFrame[] Unsent)> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;

    public List<TestFrame> Delivered { get; } = [];

    public List<RelayReceipt> Receipts { get; } = [];

    public ConcurrentQueue<(PeerReach Reach, TestFrame[] Waiting)> ReachChanges { get; } = new();

    public Predicate<TestFrame> Leaves { get; set; } = static _ => true;

    public int MaxInFlight { get; private set; }

    public Task<(TestFrame[] InDoubt, TestFrame[] Unsent)> Lost => _lost.Task.DefaultTimeout();

    /// <summary>The next batch that is sent.</summary>
    public Task<Sent> NextAsync() => _sent.Reader.ReadAsync().DefaultTimeout();

    /// <summary>Whether a batch was sent that the test has not looked at.</summary>
    public bool HasMore => _sent.Reader.TryPeek(out _);

    public TestFrame[] Prepare(SiloAddress peer, TestFrame[] frames) => Array.FindAll(frames, Leaves);

    public async Task<RelayReceipt> SendAsync(SiloAddress peer, long number, TestFrame[] frames)
    {
        MaxInFlight = Math.Max(MaxInFlight, Interlocked.Increment(ref _inFlight));
        var sent = new Sent(number, frames);
        _sent.Writer.TryWrite(sent);
        try
        {
            return await sent.Receipt.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    public void OnDelivered(SiloAddress peer, TestFrame[] frames, RelayReceipt receipt)
    {
        Delivered.AddRange(frames);
        Receipts.Add(receipt);
    }

    public void OnReachChanged(SiloAddress peer, PeerReach reach, TestFrame[] waiting) => ReachChanges.Enqueue((reach, waiting));

    public void OnPeerLost(SiloAddress peer, TestFrame[] inDoubt, TestFrame[] unsent) =>
        Assert.True(_lost.TrySetResult((inDoubt, unsent)), "A peer is lost once.");

    internal sealed record Sent(long Number, TestFrame[] Frames)
    {
        public TaskCompletionSource<RelayReceipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int[] Numbers => [.. Frames.Select(frame => frame.Number)];

        public void Accept() => Receipt.SetResult(RelayReceipt.AllAccepted);

        public void Fail() => Receipt.SetException(new TimeoutException("No answer."));
    }
}
