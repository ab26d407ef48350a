using Swp.Testing.Processes;

namespace Swp.Cli.Tests.Running;

/// <summary>A standalone server as it comes, shared by the tests of the collection.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public SwpProcess Server { get; } = SwpProcess.Standalone();

    public string Url => Server.Settings["Swp:Listen:Operations"];

    public string WebSocketUrl => $"ws://{Server.Clients.Authority}";

    /// <summary>The tool, in this process, that asks this server.</summary>
    internal Tool Tool() => new Tool().With("SWP_URL", Url).With("SWP_WS_URL", WebSocketUrl);

    /// <summary>The tool as a process of its own, that asks this server.</summary>
    public TestProcess Process(params string[] arguments) => ToolProcess.Of(Url, WebSocketUrl, arguments);

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
