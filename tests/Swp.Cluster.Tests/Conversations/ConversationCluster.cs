using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Swp.Cluster.Tests.Kit;
using Swp.Gateway.Connections;
using Swp.Gateway.Relay;
using Swp.Grains.Clients;

namespace Swp.Cluster.Tests.Conversations;

/// <summary>A cluster whose connections and sessions go by a clock of the test's, while everything between them goes by the system's.</summary>
public sealed class ConversationCluster : SwpTestCluster
{
    internal FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>What the connections of the first gateway share.</summary>
    internal ConnectionServices Connections => Gateway1.ServiceProvider.GetRequiredService<ConnectionServices>();

    /// <summary>Time goes on, and everybody looks at the clock.</summary>
    internal void Advance(TimeSpan time)
    {
        Time.Advance(time);
        foreach (var connection in Connections.Connections.All)
        {
            connection.CheckDeadlines();
        }
    }

    private protected override void Configure(IServiceCollection services)
    {
        Slow<ClientServices>(services, shared => shared with { Time = Time });
        Slow<RelayServices>(services, shared => shared with { Time = Time, Refused = new RefusedOpens(Time) });
        Slow<ConnectionServices>(services, shared => shared with { Time = Time });
    }

    private static void Slow<T>(IServiceCollection services, Func<T, T> change)
        where T : class
    {
        if (services.Any(service => service.ServiceType == typeof(T)))
        {
            services.Replace(ServiceDescriptor.Singleton(provider => change(ActivatorUtilities.CreateInstance<T>(provider))));
        }
    }
}
