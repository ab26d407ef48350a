using System.Net;
using System.Net.Sockets;

namespace Swp.Gateway.Origins;

/// <summary>
/// An origin as a browser writes it: scheme, host and port. Anything a browser would not write is none: what could be read in two ways is read in no way.
/// </summary>
/// <param name="Scheme">In lower case.</param>
/// <param name="Host">In lower case; an IPv6 address in its brackets.</param>
/// <param name="Port"><see langword="null"/>: the scheme's own.</param>
/// <param name="IsAddress">Whether the host is an IP address.</param>
internal readonly record struct Origin(string Scheme, string Host, int? Port, bool IsAddress)
{
    private const int MaxLength = 320;
    private const int MaxHostLength = 253;
    private const int MaxLabelLength = 63;

    /// <summary>Whether it is a page of this machine.</summary>
    public bool IsLoopback => Scheme is "http" or "https" && (Host == "localhost" || (IsAddress && IPAddress.IsLoopback(IPAddress.Parse(Host.Trim('[', ']')))));

    /// <summary>As a browser writes it.</summary>
    public override string ToString() => Port is { } port ? $"{Scheme}://{Host}:{port}" : $"{Scheme}://{Host}";

    /// <summary>Reads the value of an <c>Origin</c> header. Never throws.</summary>
    public static bool TryParse(string text, out Origin origin)
    {
        origin = default;
        var authority = text.IndexOf("://", StringComparison.Ordinal);
        if (text.Length > MaxLength || authority < 1 || !IsScheme(text.AsSpan(0, authority)))
        {
            return false;
        }

        var scheme = text[..authority].ToLowerInvariant();
        var host = text[(authority + 3)..].ToLowerInvariant();
        var colon = host.LastIndexOf(':');
        int? port = null;
        if (colon > host.LastIndexOf(']'))
        {
            if (!TryReadPort(host.AsSpan(colon + 1), out var number))
            {
                return false;
            }

            (host, port) = (host[..colon], number);
        }

        if (!IsHost(host, out var isAddress))
        {
            return false;
        }

        origin = new Origin(scheme, host, port == DefaultPort(scheme) ? null : port, isAddress);
        return true;
    }

    private static bool IsScheme(ReadOnlySpan<char> scheme)
    {
        foreach (var c in scheme)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(scheme[0]);
    }

    private static bool TryReadPort(ReadOnlySpan<char> digits, out int port)
    {
        port = 0;
        return digits.Length is >= 1 and <= 5 && digits[0] != '0' && !digits.ContainsAnyExceptInRange('0', '9') && int.TryParse(digits, out port) && port <= 65535;
    }

    private static bool IsHost(string host, out bool isAddress)
    {
        isAddress = host.StartsWith('[');
        if (isAddress)
        {
            // As it is written canonically, and without a zone.
            return host.EndsWith(']')
                && IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var six)
                && six.AddressFamily == AddressFamily.InterNetworkV6
                && IsCanonical(six, host[1..^1]);
        }

        if (host.Length is 0 or > MaxHostLength)
        {
            return false;
        }

        var last = "";
        foreach (var label in host.Split('.'))
        {
            // An empty one too: neither a leading nor a trailing dot.
            if (!IsLabel(label))
            {
                return false;
            }

            last = label;
        }

        // What ends in a number is an IPv4 address to a browser, and it writes four decimal ones.
        isAddress = !last.AsSpan().ContainsAnyExceptInRange('0', '9') || last.StartsWith("0x", StringComparison.Ordinal);
        return !isAddress || (IPAddress.TryParse(host, out var four) && four.ToString() == host);
    }

    // An IPv4 address within one is written in hex by browsers, and with dots by this platform.
    private static bool IsCanonical(IPAddress address, string text) =>
        address.ToString() == text || (address.IsIPv4MappedToIPv6 && text.StartsWith("::ffff:", StringComparison.Ordinal) && !text.Contains('.'));

    private static bool IsLabel(string label)
    {
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return label.Length is >= 1 and <= MaxLabelLength;
    }

    private static int? DefaultPort(string scheme) => scheme switch
    {
        "http" => 80,
        "https" => 443,
        _ => null,
    };
}
