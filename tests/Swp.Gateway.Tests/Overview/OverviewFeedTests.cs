using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Swp.Gateway.Overview;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Overview;

public sealed class OverviewFeedTests : IAsyncLifetime, IHostApplicationLifetime
{
    private readonly CancellationTokenSource _stopping = new();
    private TestOverview _overview = null!;
    private OverviewFeed _feed = null!;

    public CancellationToken ApplicationStarted => default;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => default;

    public async ValueTask InitializeAsync()
    {
        _overview = await TestOverview.StartAsync();
        _feed = new OverviewFeed(_overview.Cluster, this, _overview.Time, NullLogger<OverviewFeed>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _overview.DisposeAsync();
        _stopping.Dispose();
    }

    void IHostApplicationLifetime.StopApplication() => _stopping.Cancel();

    [Fact]
    public async Task ManyWatch_MembersAreAskedOnceASecondAndAllGetTheSameFrame()
    {
        var watchers = Enumerable.Range(0, OverviewFeed.MaxWatchers).Select(_ => _feed.TryWatch()!).ToArray();
        Assert.Null(_feed.TryWatch());
        for (var second = 1; second <= 3; second++)
        {
            await AdvanceUntilAsync(() => watchers[0].Reader.Count == 1);
            var frames = await Task.WhenAll(watchers.Select(watcher => watcher.Reader.ReadAsync().AsTask())).DefaultTimeout();
            Assert.Single(frames.Distinct());
            Assert.StartsWith("event: overview\ndata: {\"at\":", Encoding.UTF8.GetString(frames[0]), StringComparison.Ordinal);
            Assert.Equal(second, _overview.Gathered);
        }
    }

    [Fact]
    public void OneKeyWatchesEverywhere_OthersAreStillLetIn()
    {
        var ofOne = Enumerable.Range(0, OverviewFeed.MaxWatchersOfKey).Select(_ => _feed.TryWatch("wall")!).ToArray();
        Assert.Null(_feed.TryWatch("wall"));
        Assert.True(_feed.IsUsedUp("wall"));
        Assert.NotNull(_feed.TryWatch("desk"));
        _feed.Leave(ofOne[0]);
        Assert.NotNull(_feed.TryWatch("wall"));
    }

    [Fact]
    public async Task NobodyWatches_NobodyIsAsked()
    {
        var watcher = _feed.TryWatch()!;
        await AdvanceUntilAsync(() => watcher.Reader.Count == 1);
        _feed.Leave(watcher);
        var gathered = _overview.Gathered;
        for (var second = 0; second < 10; second++)
        {
            _overview.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(gathered, _overview.Gathered);

        var next = _feed.TryWatch()!;
        await AdvanceUntilAsync(() => next.Reader.Count == 1);
    }

    [Fact]
    public async Task OneThatDoesNotRead_GetsTheNewestAndHoldsUpNobody()
    {
        var (slow, quick) = (_feed.TryWatch()!, _feed.TryWatch()!);
        byte[] last = [];
        for (var second = 0; second < 3; second++)
        {
            await AdvanceUntilAsync(() => quick.Reader.Count == 1);
            last = await quick.Reader.ReadAsync();
        }

        await Eventually.True(() => slow.Reader.TryPeek(out var held) && held == last);
        Assert.Equal(1, slow.Reader.Count);
    }

    [Fact]
    public async Task GatewayStops_AllAreSentAwayAndNobodyIsLetIn()
    {
        Channel<byte[]>[] watchers = [_feed.TryWatch()!, _feed.TryWatch()!];
        await _stopping.CancelAsync();
        foreach (var watcher in watchers)
        {
            await watcher.Reader.Completion.DefaultTimeout();
        }

        Assert.Null(_feed.TryWatch());
    }

    // The feed's timer is made on another thread: a second that passes before it is there is not counted.
    private Task AdvanceUntilAsync(Func<bool> condition) => Eventually.True(() =>
    {
        if (condition())
        {
            return true;
        }

        _overview.Time.Advance(TimeSpan.FromMilliseconds(100));
        return false;
    });
}
