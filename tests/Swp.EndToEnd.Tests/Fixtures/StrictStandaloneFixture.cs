using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>A standalone server with limits that are soon reached: small for <c>caller</c>, and for <c>his</c> a short silence, small messages and raw JSON.</summary>
public sealed class StrictStandaloneFixture : IAsyncLifetime
{
    public const int MaxConnections = 20;
    public const int MaxPendingRequests = 3;
    public const int MaxHisMessageBytes = 2048;

    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan HisIdleTimeout = TimeSpan.FromSeconds(2);

    public SwpProcess Server { get; } = SwpProcess.Standalone(
        ("Swp:MaxConnections", MaxConnections.ToString()),
        ("Swp:Types:caller:OpenTimeout", "00:00:01"),
        ("Swp:Types:caller:MinHeartbeatInterval", HeartbeatInterval.ToString()),
        ("Swp:Types:caller:MaxPendingRequests", MaxPendingRequests.ToString()),
        ("Swp:Types:caller:OutboundBufferBytes", "69632"),
        ("Swp:Types:his:DisplayName", "医院"),
        ("Swp:Types:his:IdleTimeout", HisIdleTimeout.ToString()),
        ("Swp:Types:his:PayloadStyle", "Json"),
        ("Swp:Types:his:MaxMessageBytes", MaxHisMessageBytes.ToString()));

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
