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
    private const int Clients = 1000;

    private static readonly int AtOnce = 16 * Environment.ProcessorCount;

    private readonly HostileTimeProvider _time = new();
    private readonly AttachedClients _attached = new();
    private readonly OneMember _membership = new();
    private readonly ConcurrentQueue<Client> _leaving = new();
    private readonly CancellationTokenSource _cancellation = new();

    public ClientMovesTests()
    {
        for (var i = 0; i < Clients; i++)
        {
            var client = new Client(_leaving);
            _attached.Add(new AttachedClient(Members.Gateway1, i, 1, TaskScheduler.Default, client));
        }
    }

    [Fact]
    public async Task WhileTheClusterDoesNotKnowThatTheOwnerStops_NobodyMoves()
    {
        var moves = RunAsync();
        Assert.Empty(_leaving);
        _membership.Become(SiloStatus.ShuttingDown);
        await Eventually.True(() => !_leaving.IsEmpty);
        await _cancellation.CancelAsync();
        await moves.DefaultTimeout();
    }

    [Fact]
    public async Task OneThatHasMoved_MakesRoomForTheNext()
    {
        _membership.Become(SiloStatus.ShuttingDown);
        var moves = RunAsync();
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
        _membership.Become(SiloStatus.ShuttingDown);
        var moves = RunAsync();
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
    public async Task TheClusterCannotBeTold_NobodyIsWaitedFor()
    {
        var moves = RunAsync();
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return moves.IsCompleted;
        });
        await moves;
        Assert.Empty(_leaving);
    }

    [Fact]
    public async Task TheStopIsInAHurry_Ends()
    {
        _membership.Become(SiloStatus.ShuttingDown);
        var moves = RunAsync();
        await Eventually.True(() => _leaving.Count == AtOnce);
        await _cancellation.CancelAsync();
        await moves.DefaultTimeout();
        Assert.Equal(AtOnce, _leaving.Count);
    }

    private Task RunAsync() => new ClientMoves(_attached, _membership, new Local(), _time, NullLogger<ClientMoves>.Instance).RunAsync(_cancellation.Token);

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
