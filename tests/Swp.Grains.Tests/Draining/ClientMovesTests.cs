using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Grains.Clients;
using Swp.Grains.Draining;
using Swp.Relay;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Draining;

/// <summary>A stopping owner's clients move a few at a time.</summary>
public sealed class ClientMovesTests
{
    private static readonly int AtOnce = 16 * Environment.ProcessorCount;
    private static readonly int Clients = 4 * AtOnce;

    private readonly HostileTimeProvider _time = new();
    private readonly AttachedClients _attached = new();
    private readonly OneMember _membership = new();
    private readonly ConcurrentQueue<Client> _leaving = new();
    private readonly CancellationTokenSource _cancellation = new();

    private ClientMoves Moves => new(_attached, _membership, new Local(), _time, NullLogger<ClientMoves>.Instance);

    public ClientMovesTests()
    {
        for (var i = 0; i < Clients; i++)
        {
            var client = new Client(_leaving);
            _attached.Add(new AttachedClient(Members.Gateway1, i, 1, TaskScheduler.Default, client));
        }
    }

    [Fact]
    public async Task WhenTheClusterKnowsThatTheOwnerStops_ItHasLeft()
    {
        var left = Moves.HasLeftAsync(_cancellation.Token);
        Assert.False(left.IsCompleted);
        _membership.Become(SiloStatus.ShuttingDown);
        Assert.True(await left.DefaultTimeout());
    }

    [Fact]
    public async Task TheClusterCannotBeTold_ItIsNotWaitedForLong()
    {
        var left = Moves.HasLeftAsync(_cancellation.Token);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return left.IsCompleted;
        });
        Assert.False(await left);
    }

    [Fact]
    public async Task OneThatHasMoved_MakesRoomForTheNext()
    {
        var moves = Moves.RunAsync(_cancellation.Token);
        var moved = 0;
        while (moved < Clients)
        {
            await Eventually.True(() => _leaving.Count == Math.Min(AtOnce, Clients - moved));
            Assert.False(moves.IsCompleted);
            Assert.True(_leaving.TryDequeue(out var client));
            client.Left.SetResult();
            moved++;
        }

        await moves.DefaultTimeout();
        Assert.Empty(_leaving);
    }

    [Fact]
    public async Task OneThatTakesLong_KeepsNobodyWaiting()
    {
        var moves = Moves.RunAsync(_cancellation.Token);
        await Eventually.True(() => _leaving.Count == AtOnce);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return _leaving.Count == 2 * AtOnce;
        });
        await _cancellation.CancelAsync();
        await moves.DefaultTimeout();
    }

    [Fact]
    public async Task TheStopIsInAHurry_Ends()
    {
        var moves = Moves.RunAsync(_cancellation.Token);
        await Eventually.True(() => _leaving.Count == AtOnce);
        await _cancellation.CancelAsync();
        await moves.DefaultTimeout();
        Assert.Equal(AtOnce, _leaving.Count);
    }

    /// <summary>One that is asked to leave, and leaves when the test says so.</summary>
    private sealed class Client(ConcurrentQueue<Client> leaving) : IFrameHandler
    {
        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task OnLeaveAsync()
        {
            leaving.Enqueue(this);
            return Left.Task;
        }

        public void OnFrame(SiloAddress gateway, in OwnerboundFrame frame) => throw new NotSupportedException();

        public void OnAnswerRefused(in ClientboundFrame answer) => throw new NotSupportedException();

        public Task<CallResult> OnCallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Local : ILocalSiloDetails
    {
        public string Name => "owner";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress => Members.Owner;

        public SiloAddress GatewayAddress => Members.Owner;
    }

    /// <summary>A membership that knows the owner alone, and first as an active member.</summary>
    private sealed class OneMember : IClusterMembershipService
    {
        private readonly Channel<ClusterMembershipSnapshot> _updates = Channel.CreateUnbounded<ClusterMembershipSnapshot>();

        public OneMember() => Become(SiloStatus.Active);

        public ClusterMembershipSnapshot CurrentSnapshot => throw new NotSupportedException();

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => _updates.Reader.ReadAllAsync();

        public void Become(SiloStatus status) =>
            _updates.Writer.TryWrite(new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty.Add(Members.Owner, new ClusterMember(Members.Owner, status, "owner")), new MembershipVersion(1)));

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
    }
}
