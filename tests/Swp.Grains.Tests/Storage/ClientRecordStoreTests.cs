using System.Diagnostics;
using Orleans.Runtime;
using Swp.Grains.Storage;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Storage;

/// <summary>What the clients' records must do, whatever store they are in.</summary>
public abstract class ClientRecordStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2026, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);

    private readonly GrainId _client = GrainId.Create("client", $"caller/{Guid.NewGuid():N}");
    private readonly HostileTimeProvider _time = new();
    private ITestStore _store = null!;

    /// <summary>A store that keeps its data over a restart.</summary>
    protected abstract Task<ITestStore> StartStoreAsync();

    public async ValueTask InitializeAsync() => _store = await StartStoreAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Open_NeverWritten_IsAStranger()
    {
        await using var host = await HostAsync();
        var handle = await host.Store.OpenAsync(_client).DefaultTimeout();
        Assert.True(handle.IsLoaded);
        Assert.Equal(new ClientRecord(), handle.Latest);
        Assert.False(handle.Latest.IsKnown);
    }

    [Fact]
    public async Task Flush_EveryMember_IsReadBackByAnotherSilo()
    {
        await using var host = await HostAsync();
        var record = Record(7) with
        {
            OpenEpoch = 5,
            LastHeartbeat = Day.AddHours(2),
            Ban = new BanRecord(Day.AddDays(1), "噪音"),
            BanVersion = 3,
            Attachment = new AttachmentRecord
            {
                Gateway = Members.Gateway1,
                GatewayName = "gateway-1",
                ConnectionId = 42,
                ConnectedAt = Day,
                RemoteAddress = "::1",
                LastSequence = 99,
            },
        };
        await WriteAsync(host, record);
        Assert.Equal(0, host.Store.PendingCount);

        await using var other = await HostAsync();
        Assert.Equal(record, (await other.Store.OpenAsync(_client).DefaultTimeout()).Latest);
    }

    [Fact]
    public async Task Write_Many_AreWrittenOnceAndOnlyTheNewest()
    {
        await using var host = await HostAsync();
        var handle = await host.Store.OpenAsync(_client).DefaultTimeout();
        await WriteAsync(host, Record(1), handle);
        Assert.Equal(1, host.Storage.Writes);
        for (var epoch = 2; epoch <= 1_000; epoch++)
        {
            host.Store.Write(handle, Record(epoch));
        }

        Assert.Equal(1, host.Store.PendingCount);
        Assert.Equal(1_000, handle.Latest.Epoch);
        Assert.Equal(1, (await host.ReadAsync(_client)).Epoch);

        await WriteBehindAsync(host);
        Assert.Equal(1_000, (await host.ReadAsync(_client)).Epoch);
        Assert.Equal(2, host.Storage.Writes);
    }

    [Fact]
    public async Task Write_WithoutAFlush_IsWrittenWithinASecond()
    {
        await using var host = await HostAsync();
        host.Store.Write(await host.Store.OpenAsync(_client).DefaultTimeout(), Record(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(() => host.Store.PendingCount == 0);
        Assert.Equal(1, (await host.ReadAsync(_client)).Epoch);
    }

    [Fact]
    public async Task Stop_WritesWhatWaits()
    {
        await using var host = await HostAsync();
        host.Store.Write(await host.Store.OpenAsync(_client).DefaultTimeout(), Record(3));
        await host.StopAsync();
        Assert.Equal(0, host.Store.PendingCount);

        await using var other = await HostAsync();
        Assert.Equal(3, (await other.Store.OpenAsync(_client).DefaultTimeout()).Latest.Epoch);
    }

    [Fact]
    public async Task Open_StillWaitingToBeWritten_IsTheSameHandle()
    {
        await using var host = await HostAsync();
        var handle = await host.Store.OpenAsync(_client).DefaultTimeout();
        host.Store.Write(handle, Record(3));
        Assert.Same(handle, await host.Store.OpenAsync(_client).DefaultTimeout());
        await host.Store.FlushAsync(handle).DefaultTimeout();
        Assert.NotSame(handle, await host.Store.OpenAsync(_client).DefaultTimeout());
    }

    [Fact]
    public async Task Conflict_OfTwoSilos_IsMergedAndNothingNewerIsLost()
    {
        await using var one = await HostAsync();
        await using var two = await HostAsync();
        var handle1 = await one.Store.OpenAsync(_client).DefaultTimeout();
        var handle2 = await two.Store.OpenAsync(_client).DefaultTimeout();

        // The one has the newer epoch, the other was seen and banned later.
        var newer = Record(10) with { OpenEpoch = 9, FirstSeen = Day.AddHours(1), LastSeen = Day.AddHours(2) };
        var later = Record(4) with { OpenEpoch = 4, FirstSeen = Day, LastSeen = Day.AddHours(3), LastHeartbeat = Day.AddHours(3), Ban = new BanRecord(null, "spam") };
        await WriteAsync(one, newer, handle1);
        two.Store.Write(handle2, later);
        await two.Store.FlushAsync(handle2).DefaultTimeout();
        Assert.Equal(1, two.Store.PendingCount);
        Assert.Contains(two.Log.Lines, line => line.Line.Contains("merged", StringComparison.Ordinal));

        await WriteBehindAsync(two);
        var merged = await two.ReadAsync(_client);
        Assert.Equal((10, 9), (merged.Epoch, merged.OpenEpoch));
        Assert.Equal((Day, Day.AddHours(3), Day.AddHours(3)), (merged.FirstSeen, merged.LastSeen, merged.LastHeartbeat!.Value));
        Assert.Equal("spam", merged.Ban!.Reason);

        // And the first one, which knows nothing of it, does not undo it.
        one.Store.Write(handle1, newer with { Epoch = 11, LastSeen = Day.AddHours(4) });
        await one.Store.FlushAsync(handle1).DefaultTimeout();
        await WriteBehindAsync(one);
        merged = await one.ReadAsync(_client);
        Assert.Equal((11, 9), (merged.Epoch, merged.OpenEpoch));
        Assert.Equal((Day, Day.AddHours(4), Day.AddHours(3)), (merged.FirstSeen, merged.LastSeen, merged.LastHeartbeat!.Value));
        Assert.Equal("spam", merged.Ban!.Reason);
    }

    [Fact]
    public async Task Write_ByAnActivationThatDoesNotKnowOfABan_DoesNotUndoIt()
    {
        await using var one = await HostAsync();
        await using var two = await HostAsync();
        var handle1 = await one.Store.OpenAsync(_client).DefaultTimeout();
        var handle2 = await two.Store.OpenAsync(_client).DefaultTimeout();
        Assert.True(await two.Store.TryWriteNowAsync(handle2, Banned("spam", version: 5)).DefaultTimeout());

        // Its first write finds the ban and keeps it; the later ones must go on keeping it.
        for (var epoch = 8; epoch < 11; epoch++)
        {
            one.Store.Write(handle1, Record(epoch));
            await one.Store.FlushAsync(handle1).DefaultTimeout();
            await WriteBehindAsync(one);
            var stored = await one.ReadAsync(_client);
            Assert.Equal((epoch, "spam", 5), (stored.Epoch, stored.Ban?.Reason, stored.BanVersion));
        }

        Assert.Equal("spam", handle1.Latest.Ban!.Reason);
    }

    [Fact]
    public async Task TryWriteNow_AnotherActivationWroteMeanwhile_IsMergedAndWritten()
    {
        await using var one = await HostAsync();
        await using var two = await HostAsync();
        var handle1 = await one.Store.OpenAsync(_client).DefaultTimeout();
        await WriteAsync(two, Record(8));

        Assert.True(await one.Store.TryWriteNowAsync(handle1, Banned("spam", version: 1)).DefaultTimeout());

        var stored = await one.ReadAsync(_client);
        Assert.Equal((8, "spam"), (stored.Epoch, stored.Ban!.Reason));
        Assert.Equal(0, one.Store.PendingCount);
    }

    [Fact]
    public async Task TryWriteNow_StoreDown_SaysNoAndIsWrittenWhenItIsBack()
    {
        await using var host = await HostAsync(TimeProvider.System);
        await WriteAsync(host, Record(5));
        await _store.StopAsync();
        var handle = await host.Store.OpenAsync(_client).DefaultTimeout();

        Assert.False(await host.Store.TryWriteNowAsync(handle, Banned("spam", version: 1)).DefaultTimeout());
        Assert.Equal(1, host.Store.PendingCount);
        Assert.True(host.Store.IsDown);
        await Eventually.True(() => host.Store.Lag > TimeSpan.FromSeconds(1));
        Assert.NotEqual(0, host.Store.Operations[(int)RecordOperation.ReadFailed] + host.Store.Operations[(int)RecordOperation.WriteFailed]);

        await _store.RestartAsync();
        await Eventually.True(() => host.Store.PendingCount == 0);
        Assert.Equal((TimeSpan.Zero, false), (host.Store.Lag, host.Store.IsDown));
        var stored = await host.ReadAsync(_client);
        Assert.Equal((5, "spam"), (stored.Epoch, stored.Ban!.Reason));
    }

    [Fact]
    public async Task Concurrently_WritesAndFlushes_TheLastRecordIsStored()
    {
        await using var host = await HostAsync(TimeProvider.System);
        var handle = await host.Store.OpenAsync(_client).DefaultTimeout();
        var flushes = new List<Task>();
        for (var epoch = 1; epoch <= 300; epoch++)
        {
            host.Store.Write(handle, Record(epoch));
            flushes.Add(Task.Run(() => host.Store.FlushAsync(handle)));
            if (epoch % 7 == 0)
            {
                await Task.WhenAll(flushes).DefaultTimeout();
            }
        }

        await Eventually.True(() => host.Store.PendingCount == 0);
        await Task.WhenAll(flushes).DefaultTimeout();
        Assert.Null(handle.Pending);
        Assert.Equal(300, (await host.ReadAsync(_client)).Epoch);
    }

    [Fact]
    public async Task StoreDown_ReadsComeBackQuicklyAndEmptyAndTryAgainLater()
    {
        await using var host = await HostAsync(TimeProvider.System);
        await WriteAsync(host, Record(5));
        await _store.StopAsync();

        var watch = Stopwatch.StartNew();
        var handle = await host.Store.OpenAsync(_client).DefaultTimeout();
        Assert.False(handle.IsLoaded);
        Assert.False(handle.Latest.IsKnown);

        // A store that is known to be down is asked once a second, not once a client.
        var reads = host.Storage.Reads;
        for (var i = 0; i < 100; i++)
        {
            await host.Store.OpenAsync(GrainId.Create("client", $"caller/other-{i}")).DefaultTimeout();
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"101 reads took {watch.Elapsed}.");
        Assert.InRange(host.Storage.Reads - reads, 0, 1 + (int)watch.Elapsed.TotalSeconds);
        Assert.Single(host.Log.Lines, line => line.Line.StartsWith("Warning", StringComparison.Ordinal));

        await _store.RestartAsync();
        await Eventually.True(async () => await host.Store.TryLoadAsync(handle));
        Assert.Equal(5, handle.Latest.Epoch);
    }

    [Fact]
    public async Task StoreDown_WritesWaitAndCatchUpMergedWithWhatIsStored()
    {
        await using var host = await HostAsync(TimeProvider.System);
        await WriteAsync(host, Record(5) with { FirstSeen = Day.AddYears(-1), Ban = new BanRecord(null, "spam") });
        await _store.StopAsync();

        // A client the silo knew nothing of, and many that are new.
        var handle = await host.Store.OpenAsync(_client).DefaultTimeout();
        host.Store.Write(handle, Record(8));
        await host.Store.FlushAsync(handle).DefaultTimeout();
        var others = Enumerable.Range(0, 200).Select(i => GrainId.Create("client", $"his/{_client.Key}-{i}")).ToArray();
        foreach (var other in others)
        {
            host.Store.Write(await host.Store.OpenAsync(other).DefaultTimeout(), Record(9));
        }

        Assert.Equal(201, host.Store.PendingCount);
        Assert.Equal(8, handle.Latest.Epoch);

        await _store.RestartAsync();
        await Eventually.True(() => host.Store.PendingCount == 0);
        var record = await host.ReadAsync(_client);
        Assert.Equal((8, Day.AddYears(-1), "spam"), (record.Epoch, record.FirstSeen, record.Ban!.Reason));
        foreach (var other in others)
        {
            Assert.Equal(9, (await host.ReadAsync(other)).Epoch);
        }

        Assert.Contains(host.Log.Lines, line => line.Line.Contains("read and written again", StringComparison.Ordinal));
    }

    private static ClientRecord Banned(string reason, long version) => new() { Ban = new BanRecord(null, reason), BanVersion = version };

    private static ClientRecord Record(long epoch) => new() { Epoch = epoch, OpenEpoch = epoch, FirstSeen = Day, LastSeen = Day.AddHours(1) };

    private Task<RecordStoreHost> HostAsync(TimeProvider? time = null) => RecordStoreHost.StartAsync(_store.ConnectionString, time ?? _time);

    private async Task WriteAsync(RecordStoreHost host, ClientRecord record, RecordHandle? handle = null)
    {
        handle ??= await host.Store.OpenAsync(_client).DefaultTimeout();
        host.Store.Write(handle, record);
        await host.Store.FlushAsync(handle).DefaultTimeout();
        Assert.Null(handle.Pending);
    }

    /// <summary>Lets the writer behind run once: not so far that a real operation could time out.</summary>
    private Task WriteBehindAsync(RecordStoreHost host)
    {
        _time.Advance(TimeSpan.FromMilliseconds(500));
        return Eventually.True(() => host.Store.PendingCount == 0);
    }
}
