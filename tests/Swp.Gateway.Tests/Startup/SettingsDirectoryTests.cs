using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;
using Swp.Testing.Logging;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Startup;

public sealed class SettingsDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ConfigurationManager _configuration = new();
    private readonly HostileTimeProvider _time = new();
    private readonly RecordingLogger<SettingsWatch> _log = new();

    public SettingsDirectoryTests()
    {
        _configuration[SettingsDirectory.Setting] = _directory.Path;
        _configuration["Swp:Redis"] = "elsewhere";
    }

    public void Dispose()
    {
        _configuration.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void NotNamed_NothingIsAdded()
    {
        _configuration[SettingsDirectory.Setting] = "";
        Assert.Null(SettingsDirectory.AddTo(_configuration));
    }

    [Fact]
    public void FilesAreSettings_BeforeAllOthers()
    {
        Write("Swp__Redis", "127.0.0.1:6379,password=x\n");
        Write("Swp__ApiKeys__backend__Scopes", "call");
        Write("..hidden", "x");
        Assert.NotNull(SettingsDirectory.AddTo(_configuration));
        Assert.Equal(("127.0.0.1:6379,password=x", "call"), (_configuration["Swp:Redis"], _configuration["Swp:ApiKeys:backend:Scopes"]));
        Assert.Null(_configuration["..hidden"]);
    }

    [Fact]
    public void NotThere_StopsTheStart()
    {
        _configuration[SettingsDirectory.Setting] = "/nowhere";
        Assert.StartsWith("Swp:SettingsDirectory = /nowhere: ", Assert.Throws<StartupException>(() => SettingsDirectory.AddTo(_configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoSetting_StopsTheStart()
    {
        Write("Swp__Redis", new string('x', (64 * 1024) + 1));
        Assert.Contains("Swp__Redis is larger", Assert.Throws<StartupException>(() => SettingsDirectory.AddTo(_configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_AreTakenUpOnceTheyHaveSettled()
    {
        Write("Swp__A", "1");
        using var watch = await WatchAsync();
        var changes = 0;
        using var registration = Microsoft.Extensions.Primitives.ChangeToken.OnChange(((IConfiguration)_configuration).GetReloadToken, () => changes++);

        Write("Swp__A", "2");
        File.WriteAllText(Path.Combine(_directory.Path, "Swp__B"), "3");
        await UntilAsync(() => _configuration["Swp:A"] == "2");
        Assert.Equal(("3", 1), (_configuration["Swp:B"], changes));

        File.Delete(Path.Combine(_directory.Path, "Swp__B"));
        await UntilAsync(() => _configuration["Swp:B"] is null);
        Assert.Equal(2, changes);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task WhatCannotBeReadAnyMore_StaysAndIsToldOnce()
    {
        Write("Swp__A", "1");
        using var watch = await WatchAsync();
        Directory.Delete(_directory.Path, recursive: true);
        await UntilAsync(() => _log.Lines.Count > 0);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(SettingsWatch.Period);
        }

        Directory.CreateDirectory(_directory.Path);
        Write("Swp__A", "2");
        await UntilAsync(() => _configuration["Swp:A"] != "1");
        Assert.Equal("2", _configuration["Swp:A"]);
        Assert.StartsWith("Error: Swp:SettingsDirectory cannot be read, what was in force stays: ", Assert.Single(_log.Lines).Line, StringComparison.Ordinal);
    }

    private async Task<SettingsWatch> WatchAsync()
    {
        var watch = new SettingsWatch(SettingsDirectory.AddTo(_configuration)!, _time, _log);
        await watch.StartAsync(CancellationToken.None);
        return watch;
    }

    private Task UntilAsync(Func<bool> condition) => Eventually.True(() =>
    {
        _time.Advance(SettingsWatch.Period);
        return condition();
    });

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.Path, name), text);
}
