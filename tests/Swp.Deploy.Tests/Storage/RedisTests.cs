using k8s.Models;
using Swp.Deploy.Tests.Manifests;
using Swp.Testing.Processes;
using Swp.Testing.Storage;

namespace Swp.Deploy.Tests.Storage;

/// <summary>Redis keeps what it was told, and evicts nothing.</summary>
public sealed class RedisTests
{
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Writes_reach_the_disk_and_no_key_is_evicted(string name)
    {
        var overlay = Overlay.Of(name);
        var redis = overlay.Workload("swp-redis");
        var settings = Settings(overlay);

        Assert.Equal("yes", settings["appendonly"]);
        Assert.Equal("everysec", settings["appendfsync"]);
        Assert.Equal("noeviction", settings["maxmemory-policy"]);
        Assert.Equal(settings["dir"], Assert.Single(redis.Container.VolumeMounts, mount => mount.Name == "data").MountPath);

        // The log's rewrite is a copy of the process.
        Assert.True(Bytes(settings["maxmemory"]) * 2 < redis.Container.Resources.Limits["memory"].ToDecimal());
        var claim = Assert.Single(overlay.Get<V1StatefulSet>("swp-redis").Spec.VolumeClaimTemplates);
        Assert.True(claim.Spec.Resources.Requests["storage"].ToDecimal() >= 2 * Bytes(settings["maxmemory"]), "The log, and its rewrite beside it.");
    }

    [Fact]
    public void In_production_there_is_room_for_the_records_of_a_million_clients() =>
        Assert.True(Bytes(Settings(Overlay.Of("production"))["maxmemory"]) > 2 * 500L * 1_000_000);

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public async Task A_real_Redis_takes_the_file(string name)
    {
        using var directory = new TemporaryDirectory();
        var text = File(Overlay.Of(name)).Replace("dir /data", $"dir {directory.Path}", StringComparison.Ordinal);
        var path = Path.Combine(directory.Path, "redis.conf");
        await System.IO.File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        await using var redis = new TestProcess("redis", "redis-server", [path, "--port", $"{FreePort.Take()}", "--bind", "127.0.0.1", "--requirepass", "x"]);

        redis.Launch();

        await redis.WaitForOutputAsync("Ready to accept connections");
        Assert.Equal(0, await redis.StopAsync());
        Assert.True(Directory.Exists(Path.Combine(directory.Path, "appendonlydir")));
    }

    private static string File(Overlay overlay)
    {
        var volume = Assert.Single(overlay.Workload("swp-redis").Pod.Volumes, volume => volume.ConfigMap is not null);
        return overlay.Get<V1ConfigMap>(volume.ConfigMap.Name).Data["redis.conf"];
    }

    private static Dictionary<string, string> Settings(Overlay overlay) => File(overlay)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' ', 2))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    private static long Bytes(string size) => size[^2..] switch
    {
        "mb" => long.Parse(size[..^2]) << 20,
        "gb" => long.Parse(size[..^2]) << 30,
        _ => long.Parse(size),
    };
}
