using System.Net;
using System.Net.Sockets;

namespace Swp.Testing.Networks;

/// <summary>
/// A network of this process alone: each member in a network namespace of its own, all of them and this machine on one switch, whose packets can be
/// dropped one way or both.
/// </summary>
/// <remarks>
/// The switch is a bridge in a namespace too: the machine's own packet filter, which may forbid forwarding, has no part in what members say to each
/// other. A packet that is dropped is answered by nobody, as one that a dead switch port swallows.
/// </remarks>
public sealed class NamespaceNetwork : IMemberNetwork
{
    /// <summary>This machine, as a place that can be cut off.</summary>
    public const string Host = "host";

    private const string Switch = "switch";
    private const string Established = "01";

    private static int s_count;

    private readonly Dictionary<string, IPAddress> _addresses = [];
    private readonly List<string> _namespaces = [];
    private readonly int _number = Interlocked.Increment(ref s_count);

    private NamespaceNetwork(IEnumerable<string> members)
    {
        var range = PrivateRange.Take(Environment.ProcessId + _number);
        foreach (var place in members.Prepend(Host))
        {
            _addresses.Add(place, IPAddress.Parse($"{range}.{_addresses.Count + 1}"));
        }
    }

    /// <summary>Whether this process may make namespaces and has the tools for it.</summary>
    public static bool IsAvailable => Missing() is null;

    public IPAddress HostAddress => AddressOf(Host);

    // 15 characters are the most.
    private string HostLink => $"swp{Environment.ProcessId}x{_number}";

    /// <summary>Makes the network.</summary>
    /// <exception cref="InvalidOperationException">It cannot be made here; the message says what is missing.</exception>
    public static async Task<NamespaceNetwork> StartAsync(params IEnumerable<string> members)
    {
        if (Missing() is { } missing)
        {
            throw new InvalidOperationException($"This test needs network namespaces: {missing}.");
        }

        await NetworkNamespace.DeleteLeftoversAsync();
        var network = new NamespaceNetwork(members);
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public IPAddress AddressOf(string member) => _addresses[member];

    public IReadOnlyList<string> CommandPrefixOf(string member) => member == Host ? [] : ["ip", "netns", "exec", NameOf(member)];

    /// <summary>A TCP socket that was made inside a place and stays there.</summary>
    public async Task<Socket> CreateSocketAsync(string place) =>
        place == Host ? NetworkNamespace.NewSocket() : await NetworkNamespace.CreateSocketAsync(NameOf(place));

    public async Task<Socket> ConnectAsync(string member, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = await CreateSocketAsync(member);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Drops every packet on its way from one place to another, until healed.</summary>
    public Task CutAsync(string from, string to) => FilterAsync($"add element bridge swp cuts {{ {Way(from, to)} }}");

    /// <summary>Drops every packet between two places, until healed.</summary>
    public Task CutBothWaysAsync(string one, string other) => FilterAsync($"add element bridge swp cuts {{ {Way(one, other)}, {Way(other, one)} }}");

    /// <summary>Lets packets pass again between two places.</summary>
    public Task HealAsync(string one, string other)
    {
        // Only what is there can be deleted.
        var ways = $"element bridge swp cuts {{ {Way(one, other)}, {Way(other, one)} }}";
        return FilterAsync($"add {ways}\ndelete {ways}");
    }

    /// <summary>Lets all packets pass again.</summary>
    public Task HealAllAsync() => FilterAsync("flush set bridge swp cuts");

    /// <summary>How many TCP connections a process's place has with another one, in the eyes of its own system.</summary>
    public int CountConnections(int process, string other) => Connections(process, other).Count();

    /// <summary>How many of them wait until the other place acknowledges what was sent to it.</summary>
    public int CountUnacknowledged(int process, string other) =>
        Connections(process, other).Count(columns => !columns[4].StartsWith("00000000:", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        var namespaces = _namespaces.ToArray();
        _namespaces.Clear();
        foreach (var name in namespaces)
        {
            // With a namespace go its ends of the links, and with those the other ends.
            await NetworkNamespace.DeleteAsync(name);
        }
    }

    private static string? Missing() =>
        !OperatingSystem.IsLinux() ? "only Linux has them"
        : !Environment.IsPrivilegedProcess ? "run the tests as root"
        : !IsOnPath("ip") ? "there is no ip on the PATH, install the package iproute2 (Fedora: iproute)"
        : !IsOnPath("nft") ? "there is no nft on the PATH, install the package nftables"
        : null;

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));

    // The columns of the system's table: number, own address, the other's, state, bytes not acknowledged and bytes not read.
    private IEnumerable<string[]> Connections(int process, string other)
    {
        // The table has addresses in the machine's own byte order.
        var address = Convert.ToHexString([.. AddressOf(other).GetAddressBytes().Reverse()]);
        return File.ReadLines($"/proc/{process}/net/tcp").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns is [_, _, var remote, Established, _, ..] && remote.StartsWith(address, StringComparison.Ordinal));
    }

    private string NameOf(string place) => $"{NetworkNamespace.Prefix}{_number}-{place}";

    private string Way(string from, string to) => $"{AddressOf(from)} . {AddressOf(to)}";

    private Task<string> FilterAsync(string rules) =>
        NetworkCommand.RunAsync(rules + "\n", "ip", "netns", "exec", NameOf(Switch), "nft", "-f", "-");

    private async Task BuildAsync()
    {
        foreach (var place in _addresses.Keys.Where(place => place != Host).Prepend(Switch))
        {
            await NetworkCommand.RunAsync("", "ip", "netns", "add", NameOf(place));
            _namespaces.Add(NameOf(place));
        }

        await NetworkCommand.RunAsync("link add name bridge type bridge\nlink set dev bridge up\n", "ip", "-n", NameOf(Switch), "-batch", "-");
        var port = 0;
        foreach (var (place, address) in _addresses)
        {
            port++;
            var (link, into) = place == Host ? (HostLink, $"{Environment.ProcessId}") : ("eth0", NameOf(place));
            await NetworkCommand.RunAsync(
                $"""
                link add name port{port} type veth peer name {link} netns {into}
                link set dev port{port} master bridge up

                """,
                "ip", "-n", NameOf(Switch), "-batch", "-");
            var up = $"address add {address}/24 dev {link}\nlink set dev {link} up\n";
            if (place == Host)
            {
                await NetworkCommand.RunAsync(up, "ip", "-batch", "-");
            }
            else
            {
                await NetworkCommand.RunAsync(up + "link set dev lo up\n", "ip", "-n", NameOf(place), "-batch", "-");
            }
        }

        // Last: a table that is older than the bridge was seen to filter nothing.
        await FilterAsync(
            """
            table bridge swp {
              set cuts { type ipv4_addr . ipv4_addr; }
              chain forward {
                type filter hook forward priority 0; policy accept;
                ip saddr . ip daddr @cuts drop
              }
            }
            """);
    }
}
