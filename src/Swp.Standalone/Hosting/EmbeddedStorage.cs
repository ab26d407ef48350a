using Serilog.Extensions.Logging;
using Swp.Cluster.Startup;
using Swp.Standalone.Storage;

namespace Swp.Standalone.Hosting;

/// <summary>The embedded storage's life: started before the silo, ended after it.</summary>
internal sealed class EmbeddedStorage(EmbeddedGarnet garnet) : IAsyncDisposable
{
    /// <summary>The connection string.</summary>
    public string Redis => garnet.EndPoint.ToString();

    /// <summary>Starts it in the configured directory.</summary>
    /// <exception cref="StartupException">The directory cannot be used.</exception>
    public static EmbeddedStorage Start(StandaloneOptions options)
    {
        try
        {
            return new EmbeddedStorage(EmbeddedGarnet.Start(
                new EmbeddedGarnetOptions { DataDirectory = Path.Combine(options.DataDirectory, "garnet") },
                new SerilogLoggerFactory()));
        }
        catch (StandaloneStorageException e)
        {
            throw new StartupException($"Swp:{e.Message.TrimEnd('.')}.", e);
        }
    }

    public ValueTask DisposeAsync() => garnet.DisposeAsync();
}
