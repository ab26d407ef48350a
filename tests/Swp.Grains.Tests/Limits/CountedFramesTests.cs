using Orleans.Runtime;
using Swp.Clients;
using Swp.Cluster.Limits;
using Swp.Grains.Clients;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Memory;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Limits;

/// <summary>What an owner counts of what its client sends.</summary>
public sealed class CountedFramesTests
{
    private readonly HostileTimeProvider _time = new();
    private readonly TaskScheduler _turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    [Fact]
    public void Post_CountsEveryKindOfMessageButNotTheEnd()
    {
        var limiter = new ClientLimiter(new ClientRates(new Rate(1, 10), new Rate(100, 10_000)), _time);
        var client = Client(limiter);
        client.Post(Frame(OwnerboundKind.Query, 1));
        client.Post(Frame(OwnerboundKind.Answer, 2));
        client.Post(Frame(OwnerboundKind.Heartbeat, 3));
        client.Post(Frame(OwnerboundKind.Closed, 4));
        Assert.Equal(new SpentAllowance(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(6)), limiter.Spent);
    }

    [Fact]
    public void Post_AfterItsEnd_CountsNothing()
    {
        var limiter = new ClientLimiter(new ClientRates(new Rate(1, 10), default), _time);
        var client = Client(limiter);
        client.Close();
        Assert.Equal(RejectReason.NotAttached, client.Post(Frame(OwnerboundKind.Query, 1)));
        Assert.Equal(default, limiter.Spent);
    }

    [Fact]
    public void Post_WithoutLimits_AnswersAllocateNothing()
    {
        var client = Client(limiter: null);
        client.Post(Frame(OwnerboundKind.Answer, 1));
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var i = 2; i < 1_000; i++)
            {
                client.Post(Frame(OwnerboundKind.Answer, i));
            }
        }));
    }

    private AttachedClient Client(ClientLimiter? limiter) =>
        new(Members.Gateway1, 1, 100, _turns, new Nobody()) { Limiter = limiter };

    private static OwnerboundFrame Frame(OwnerboundKind kind, long sequence) =>
        new() { ConnectionId = 1, Epoch = 100, Sequence = sequence, Kind = kind, Code = "0", Size = 200, CloseCode = CloseCode.Normal };

    private sealed class Nobody : IFrameHandler
    {
        public void OnFrame(SiloAddress gateway, in OwnerboundFrame frame)
        {
        }

        public Task<CallResult> OnCallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task OnLeaveAsync() => throw new NotSupportedException();

        public void OnAnswerRefused(in ClientboundFrame answer)
        {
        }
    }
}
