using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Swp.Testing.Networks;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Networks;

/// <summary>The lab itself: what the tests of network cuts rely on.</summary>
public sealed class NamespaceNetworkTests : IAsyncLifetime
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    private NamespaceNetwork _network = null!;

    public async ValueTask InitializeAsync() => _network = await NamespaceNetwork.StartAsync("a", "b");

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    [Fact]
    public async Task A_cut_drops_what_goes_one_way_in_silence_until_it_is_healed()
    {
        using var toB = await ListenAsync("b");
        using var toA = await ListenAsync("a");
        var atB = (IPEndPoint)toB.LocalEndPoint!;
        var atA = (IPEndPoint)toA.LocalEndPoint!;
        using var before = await _network.ConnectAsync("a", atB, TestContext.Current.CancellationToken).DefaultTimeout();
        using var accepted = await toB.AcceptAsync(TestContext.Current.CancellationToken).DefaultTimeout();
        await SayAsync(before, accepted);

        await _network.CutAsync("a", "b");
        await before.SendAsync("x"u8.ToArray());
        Assert.False(await ConnectsAsync("a", atB));

        // b's SYN arrives; a's answer to it does not.
        Assert.False(await ConnectsAsync("b", atA));
        await accepted.SendAsync("y"u8.ToArray());
        Assert.Equal((byte)'y', await ReceiveAsync(before));
        Assert.Equal(0, accepted.Available);
        Assert.True(await ConnectsAsync(NamespaceNetwork.Host, atB));

        await _network.HealAsync("b", "a");
        Assert.Equal((byte)'x', await ReceiveAsync(accepted));
        Assert.True(await ConnectsAsync("a", atB));

        await _network.CutBothWaysAsync(NamespaceNetwork.Host, "b");
        Assert.False(await ConnectsAsync(NamespaceNetwork.Host, atB));
        Assert.True(await ConnectsAsync("a", atB));
        await _network.HealAllAsync();
        Assert.True(await ConnectsAsync(NamespaceNetwork.Host, atB));
    }

    [Fact]
    public async Task A_connection_made_inside_a_place_reaches_its_loopback_address()
    {
        using var listener = await ListenAsync("a", IPAddress.Loopback);
        var endpoint = (IPEndPoint)listener.LocalEndPoint!;

        using var inside = await _network.ConnectAsync("a", endpoint, TestContext.Current.CancellationToken).DefaultTimeout();

        Assert.True(inside.Connected);
        await Assert.ThrowsAsync<SocketException>(() => _network.ConnectAsync("b", endpoint, TestContext.Current.CancellationToken).DefaultTimeout());
    }

    [Fact]
    public async Task Signals_reach_the_member_and_not_what_has_started_it()
    {
        var prefix = _network.CommandPrefixOf("a");
        await using var process = new TestProcess("sleep", prefix[0], [.. prefix.Skip(1), "sleep", "60"]);
        process.Launch();

        await Eventually.True(() => CommandOf(process.Id).StartsWith("sleep\0", StringComparison.Ordinal));
        Assert.Equal(128 + 15, await process.StopAsync());
    }

    [Fact]
    public async Task Nothing_is_left_of_a_network_or_of_a_run_that_was_killed()
    {
        using var gone = Process.Start("true");
        await gone.WaitForExitAsync(TestContext.Current.CancellationToken);
        var left = $"swp-{gone.Id}-1-x";
        using (var add = Process.Start("ip", ["netns", "add", left]))
        {
            await add.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains(left, Namespaces());
        var another = await NamespaceNetwork.StartAsync("c");
        Assert.DoesNotContain(left, Namespaces());
        Assert.Contains(Namespaces(), name => name.EndsWith("-c", StringComparison.Ordinal));

        await another.DisposeAsync();

        Assert.DoesNotContain(Namespaces(), name => name.EndsWith("-c", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ArgumentException>(() => NamespaceNetwork.StartAsync("d", "d"));
        Assert.DoesNotContain(Namespaces(), name => name.EndsWith("-d", StringComparison.Ordinal));
    }

    private static string CommandOf(int process) => File.ReadAllText($"/proc/{process}/cmdline");

    private static string[] Namespaces() => [.. Directory.GetFiles("/var/run/netns").Select(path => Path.GetFileName(path))];

    private static async Task<byte> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[1];
        Assert.Equal(1, await socket.ReceiveAsync(buffer).DefaultTimeout());
        return buffer[0];
    }

    private static async Task SayAsync(Socket from, Socket to)
    {
        await from.SendAsync("!"u8.ToArray());
        Assert.Equal((byte)'!', await ReceiveAsync(to));
    }

    private async Task<Socket> ListenAsync(string place, IPAddress? address = null)
    {
        var socket = await _network.CreateSocketAsync(place);
        socket.Bind(new IPEndPoint(address ?? _network.AddressOf(place), 0));
        socket.Listen();
        return socket;
    }

    private async Task<bool> ConnectsAsync(string from, IPEndPoint to)
    {
        using var patience = new CancellationTokenSource(Silence);
        try
        {
            using var socket = await _network.ConnectAsync(from, to, patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
