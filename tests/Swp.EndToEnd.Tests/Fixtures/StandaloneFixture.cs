using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>A standalone server as it comes, shared by the tests of a collection.</summary>
public sealed class StandaloneFixture : IAsyncLifetime
{
    public SwpProcess Server { get; } = SwpProcess.Standalone();

    public async ValueTask InitializeAsync() => await Server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            Assert.Equal(0, await Server.StopAsync());
            Assert.Empty(Server.Log.TakeErrors());
        }
        finally
        {
            await Server.DisposeAsync();
        }
    }
}
