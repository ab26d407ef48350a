using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Swp.Standalone.Storage;

namespace Swp.Testing.Storage;

/// <summary>The embedded store of the standalone server, in a directory of its own.</summary>
public sealed class GarnetStore : ITestStore
{
    private readonly TemporaryDirectory _directory;
    private readonly ILoggerFactory _logs;
    private readonly int _port;
    private EmbeddedGarnet? _garnet;

    private GarnetStore(TemporaryDirectory directory, ILoggerFactory logs, EmbeddedGarnet garnet)
    {
        (_directory, _logs, _garnet) = (directory, logs, garnet);
        _port = garnet.EndPoint.Port;
    }

    public string ConnectionString => $"127.0.0.1:{_port}";

    public static Task<GarnetStore> StartAsync(ILoggerFactory? logs = null)
    {
        logs ??= NullLoggerFactory.Instance;
        var directory = new TemporaryDirectory();
        try
        {
            return Task.FromResult(new GarnetStore(directory, logs, EmbeddedGarnet.Start(new() { DataDirectory = directory.Path }, logs)));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public async Task StopAsync()
    {
        if (_garnet is { } garnet)
        {
            _garnet = null;
            await garnet.DisposeAsync();
        }
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        _garnet = EmbeddedGarnet.Start(new() { DataDirectory = _directory.Path, Port = _port }, _logs);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }
}
