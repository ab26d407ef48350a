using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Swp.Cluster.Startup;
using IPNetwork = System.Net.IPNetwork;

namespace Swp.Gateway.Proxies;

/// <summary>The proxies in front of this gateway, which may say where a connection came from and by which scheme. Nobody else may.</summary>
[SettingsOf(SettingReader.Gateway)]
internal static class TrustedProxies
{
    /// <summary>Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    [Setting("list", Range = "addresses and networks, `10.0.0.0/8`")]
    private const string Setting = "Swp:TrustedProxies";

    // The framework's own switch, which believes everybody.
    private const string TrustAll = "ForwardedHeaders_Enabled";

    /// <summary>More proxies than these stand in front of nobody: the header of a client is not walked for ever.</summary>
    private const int MaxHops = 5;

    /// <summary>Reads them; <see langword="null"/> when there are none.</summary>
    /// <exception cref="StartupException">One is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions? Read(IConfiguration configuration)
    {
        if (configuration.GetValue<bool>(TrustAll))
        {
            throw new StartupException($"ASPNETCORE_FORWARDEDHEADERS_ENABLED believes every peer: take it away and list your proxies in {Setting}.");
        }

        var proxies = SettingList.Of(configuration.GetSection(Setting));
        if (proxies.Count == 0)
        {
            return null;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = MaxHops,
        };

        // Loopback is among them of its own accord.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(Parse(proxy));
        }

        return options;
    }

    private static IPNetwork Parse(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        // 10.0.0.7/8 may be a slip for 10.0.0.7/32, and would trust sixteen million others.
        return IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text[..text.IndexOf('/', StringComparison.Ordinal)], out var written) && written.Equals(network.BaseAddress)
            ? network
            : throw new StartupException($"{Setting} = {text}: expected an address or a network, for example 10.0.0.7 or 10.0.0.0/8 (without bits behind its length).");
    }
}
