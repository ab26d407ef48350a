using Microsoft.Extensions.Configuration;

namespace Swp.Cluster.Startup;

/// <summary>
/// The names below <c>Swp</c>, of all members: they may share one environment. A name that nobody reads stops the start, because a setting that is
/// ignored in silence, a key or a limit above all, is believed to be in force.
/// </summary>
internal static class KnownSettings
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Redis", "ClusterId", "ServiceId", "Name", "AdvertisedAddress", "SiloPort", "ClientGatewayPort", "PeerTimeout", "DirectoryCacheSize", "ShutdownTimeout",
        "Dashboard",
        "Listen", "MaxConnections", "MaxConnectsPerSecond", "MaxUnopened", "MaxUnopenedPerAddress", "MaxConnectionsPerAddress", "DrainWindow", "DrainNotice", "ReattachesPerSecond", "DataDirectory", "Types",
        "AllowedOrigins", "Tokens",
        "ApiKeys", "Tls", "TrustedProxies", "SettingsDirectory",
        "Log",
    };

    /// <summary>The names, without what stands below them.</summary>
    public static IReadOnlyCollection<string> All => Names;

    /// <summary>Checks the names.</summary>
    /// <exception cref="StartupException">One is unknown.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var setting in configuration.GetSection("Swp").GetChildren())
        {
            if (!Names.Contains(setting.Key))
            {
                throw new StartupException($"Swp:{setting.Key} is no setting. Known are: {string.Join(", ", Names.Order())}.");
            }
        }
    }
}
