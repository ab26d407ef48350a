using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Grains.Storage;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Moves;

/// <summary>A client comes back by another gateway while its first one, which is cut off, takes the old connection for open; then their owner is lost.</summary>
public sealed class LingeringConnectionTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>, IAsyncLifetime
{
    /// <summary>Where the store has just failed, in an earlier test, a takeover does not wait for it.</summary>
    public async ValueTask InitializeAsync() => await Eventually.True(() => cluster.Owners.All(owner => !StoreOf(owner).IsResting));

    public ValueTask DisposeAsync()
    {
        cluster.Storage.Writing = static _ => Task.CompletedTask;
        return default;
    }

    [Fact]
    public async Task Takeover_IsStoredBeforeTheNewConnectionIsOpen_AndTheNextOwnerDoesNotBelieveTheOldOne()
    {
        // Of connections that no gateway holds: nobody attaches the new one again before the old one.
        var old = Open(cluster.Gateway1, 1_000_001);
        var attached = await AttachAsync("lingering", old);
        Assert.Equal(AttachStatus.Attached, attached.Status);
        await Eventually.True(() => StoreOf(cluster.OwnerOf("lingering")).PendingCount == 0);

        var written = new TaskCompletionSource();
        var letGo = new TaskCompletionSource();
        cluster.Storage.Writing = client =>
        {
            if (client != cluster.GrainOf("lingering"))
            {
                return Task.CompletedTask;
            }

            written.TrySetResult();
            return letGo.Task;
        };
        var opening = AttachAsync("lingering", Open(cluster.Gateway2, 1_000_002));
        await written.Task.DefaultTimeout();

        // Until it is stored the old one speaks for the client.
        Assert.Equal(cluster.Gateway1.Name, (await cluster.Clients.Get(TestService.Type, "lingering").GetStatusAsync().DefaultTimeout()).Gateway);
        Assert.False(opening.IsCompleted);
        letGo.SetResult();
        Assert.Equal(AttachStatus.Attached, (await opening).Status);

        // Nothing of it is written any more, as if the owner had died at once. (Only of this client: an owner whose store has failed does not read either.)
        cluster.Storage.Writing = client => client == cluster.GrainOf("lingering") ? Task.FromException(new IOException("The store is away.")) : Task.CompletedTask;
        await cluster.KillOwnerAsync("lingering");

        var resume = new Resume(attached.Epoch, attached.Epoch, DateTimeOffset.UtcNow);
        Assert.Equal(AttachStatus.Superseded, (await AttachAsync("lingering", old with { Resume = resume, Requests = RequestLedger.Empty })).Status);
    }

    [Fact]
    public async Task Takeover_TheStoreIsAway_TheNewConnectionIsOpenAllTheSame()
    {
        Assert.Equal(AttachStatus.Attached, (await AttachAsync("stubborn", Open(cluster.Gateway1, 1_000_003))).Status);
        cluster.Storage.Writing = static _ => Task.FromException(new IOException("The store is away."));
        Assert.Equal(AttachStatus.Attached, (await AttachAsync("stubborn", Open(cluster.Gateway2, 1_000_004))).Status);
    }

    [Fact]
    public async Task Takeover_BannedWhileItIsStored_IsRefused()
    {
        Assert.Equal(AttachStatus.Attached, (await AttachAsync("banned", Open(cluster.Gateway1, 1_000_005))).Status);
        var client = cluster.Clients.Get(TestService.Type, "banned");
        Task<BanOutcome>? banning = null;
        var written = new TaskCompletionSource();
        cluster.Storage.Writing = async id =>
        {
            if (id == cluster.GrainOf("banned") && written.TrySetResult())
            {
                banning = client.BanAsync();
                await Eventually.True(async () => (await client.GetStatusAsync()).Banned);
            }
        };
        var refused = await AttachAsync("banned", Open(cluster.Gateway2, 1_000_006));
        Assert.Equal((AttachStatus.Refused, CloseCode.Banned), (refused.Status, refused.CloseCode));
        Assert.Equal(BanOutcome.Written, await banning!.DefaultTimeout());
    }

    private Task<AttachResult> AttachAsync(string id, AttachRequest request) =>
        cluster.Grains.GetGrain<IClientAttachment>(cluster.GrainOf(id)).AttachAsync(request, CancellationToken.None).DefaultTimeout();

    private static ClientRecordStore StoreOf(InProcessSiloHandle owner) => owner.ServiceProvider.GetRequiredService<ClientRecordStore>();

    private static AttachRequest Open(InProcessSiloHandle gateway, long connection) =>
        new() { Gateway = gateway.SiloAddress, GatewayName = gateway.Name, ConnectionId = connection, RemoteAddress = "192.0.2.1" };
}
