using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Kit;

/// <summary>A standalone server as anybody starts it: without keys, open to its own machine.</summary>
public sealed class OpenServer : IAsyncLifetime
{
    public SwpProcess Server { get; } = SwpProcess.Standalone(("Swp:Name", "node-1"));

    public async ValueTask InitializeAsync() => await Server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            Assert.Equal(0, await Server.StopAsync());
        }
        finally
        {
            await Server.DisposeAsync();
        }
    }
}
