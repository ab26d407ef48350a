using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Swp.Cluster.Startup;

/// <summary>Asks before anything starts whether a port is free: the runtime would say so in thirty lines.</summary>
public static class Ports
{
    internal const string Http = "http://address:port";
    internal const string HttpOrHttps = Http + " or https://address:port";

    /// <summary>Checks the port of a listening address.</summary>
    /// <param name="setting">The setting's name, for the message.</param>
    /// <param name="url">For example <c>http://127.0.0.1:8081</c>.</param>
    /// <param name="https">Whether <c>https</c> is spoken there too.</param>
    /// <exception cref="StartupException">It is no address, or the port is taken.</exception>
    public static void CheckUrl(string setting, string url, bool https = false)
    {
        var address = Parse(setting, url, https);
        Check(setting, AddressOf(address.Host), address.Port);
    }

    /// <summary>Reads a listening address.</summary>
    /// <exception cref="StartupException">It is none.</exception>
    public static BindingAddress Parse(string setting, string url, bool https = false)
    {
        var rule = $"{setting} = {url}: expected {(https ? HttpOrHttps : Http)}.";
        try
        {
            var address = BindingAddress.Parse(url);
            return (address.Scheme is "http" || (https && address.Scheme is "https")) && address.PathBase.Length == 0
                ? address
                : throw new StartupException(rule);
        }
        catch (FormatException e)
        {
            throw new StartupException(rule, e);
        }
    }

    /// <summary>The address a host name of a listening address stands for; anything that is none means all.</summary>
    public static IPAddress AddressOf(string host) =>
        host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : IPAddress.IPv6Any;

    /// <summary>Checks a port.</summary>
    /// <exception cref="StartupException">It is taken, or the address is not this machine's.</exception>
    public static void Check(string setting, IPAddress address, int port)
    {
        if (port == 0)
        {
            return;
        }

        try
        {
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            probe.Bind(new IPEndPoint(address, port));
            probe.Listen();
        }
        catch (SocketException e)
        {
            throw new StartupException($"{setting}: cannot listen on {address}:{port}: {e.Message}.", e);
        }
    }
}
