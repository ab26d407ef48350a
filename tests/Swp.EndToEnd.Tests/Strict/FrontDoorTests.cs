using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Strict;

/// <summary>Limits of a node for new sockets, and of a type for what its clients send, with real sockets.</summary>
[Collection(StrictCollection.Name)]
public sealed class FrontDoorTests : EndToEndTest
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Sockets_that_do_not_open_are_limited_and_one_that_opens_makes_room()
    {
        var server = await StartAsync(("Swp:MaxUnopened", "3"));
        var unopened = new List<TestClient>();
        for (var i = 0; i < 3; i++)
        {
            unopened.Add(await Own(server.ConnectAsync("caller")));
        }

        await RefusedAsync(server);
        await unopened[0].OpenAsync(NewId());
        await unopened[1].CloseAsync();
        await Eventually.True(async () => await GetsInAsync(server));
    }

    [Fact]
    public async Task One_peer_that_opens_nothing_keeps_nobody_else_out()
    {
        var server = await StartAsync(("Swp:MaxUnopenedPerAddress", "2"));
        for (var i = 0; i < 2; i++)
        {
            await Own(server.ConnectAsync("caller"));
        }

        await RefusedAsync(server);
        using var other = await RawClient.OpenAsync(server.Clients, "caller", NewId(), from: IPAddress.Parse("127.0.0.2"), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_socket_that_is_refused_with_a_code_counts_until_it_is_gone()
    {
        var server = await StartAsync(("Swp:MaxConnections", "1"));
        var refused = await Own(TestClient.ConnectWithoutReadingAsync(server.Clients, "nosuch"));

        // It does not answer the close frame.
        await RefusedAsync(server);
        refused.StartReading();
        Assert.Equal(4500, (await refused.WaitForCloseAsync()).Code);
        await Eventually.True(async () => await GetsInAsync(server));
    }

    [Fact]
    public async Task Sockets_of_one_address_are_limited()
    {
        var server = await StartAsync(("Swp:MaxConnectionsPerAddress", "2"));
        await Own(server.OpenAsync("caller", NewId()));
        await Own(server.OpenAsync("caller", NewId()));
        await RefusedAsync(server);
    }

    [Fact]
    public async Task New_sockets_a_second_are_limited()
    {
        var server = await StartAsync(("Swp:MaxConnectsPerSecond", "2"));
        await Own(server.OpenAsync("caller", NewId()));
        await Own(server.OpenAsync("caller", NewId()));
        await RefusedAsync(server);
        await Eventually.True(async () => await GetsInAsync(server));
    }

    [Fact]
    public async Task A_client_over_its_limit_is_read_no_faster_and_loses_nothing()
    {
        const int PerSecond = 20;
        const int Burst = 10;
        const int Count = 50;
        var server = await StartAsync(
            ("Swp:Types:caller:MessagesPerSecond", $"{PerSecond}"),
            ("Swp:Types:caller:MessageBurst", $"{Burst}"),
            ("Swp:Types:caller:IdleTimeout", "00:00:01"),
            ("Swp:Types:caller:MinHeartbeatInterval", HeartbeatInterval.ToString()));
        var client = await Own(server.OpenAsync("caller", NewId()));
        var other = await Own(server.OpenAsync("caller", NewId()));
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i++)
        {
            await client.SendTextAsync(TestClient.Frame("0003", "1", $"{i}"));
        }

        // Behind everything.
        await client.SendTextAsync(TestClient.Frame("0000"));

        var asked = Stopwatch.GetTimestamp();
        Assert.Equal("1", (await other.QueryAsync("1")).RawData);
        Assert.True(Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(1), "Another client does not wait.");
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal($"{i}", (await client.ReceiveFrameAsync()).Uuid);
        }

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds((Count - Burst) / (double)PerSecond), "It was slowed down.");

        // The next HEART in time, only a moment after the last one was read.
        while (Stopwatch.GetElapsedTime(started) < HeartbeatInterval * 1.1)
        {
            await client.QueryAsync("1");
        }

        await client.SendTextAsync(TestClient.Frame("0000"));
        Assert.Equal("1", (await client.QueryAsync("1")).RawData);
    }

    [Theory]
    [InlineData(50, 1_000)]
    [InlineData(500, 20_000)]
    public async Task A_client_that_stays_over_its_limit_is_closed_with_4005(int perSecond, int count)
    {
        var server = await StartAsync(
            ("Swp:Types:caller:MessagesPerSecond", $"{perSecond}"),
            ("Swp:Types:caller:MessageBurst", "1"),
            ("Swp:Types:caller:OverLimitTimeout", "00:00:03"));
        var client = await Own(server.OpenAsync("caller", NewId()));
        var started = Stopwatch.GetTimestamp();
        try
        {
            for (var i = 0; i < count; i++)
            {
                await client.SendTextAsync(TestClient.Frame("0003", "1"));
            }
        }
        catch (WebSocketException)
        {
            // The server has had enough.
        }

        Assert.Equal(new TestClose(4005, "rate_limited"), await client.WaitForCloseAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 3, 9);
    }

    [Fact]
    public async Task A_flood_of_bad_input_writes_no_line_each()
    {
        var server = await StartAsync();
        var length = server.Log.Text.Length;
        await Parallel.ForAsync(0, 300, TestContext.Current.CancellationToken, async (i, _) =>
        {
            await using var client = await TestClient.ConnectAsync(server.Clients, i % 4 == 0 ? "nosuch%0Aforged" : "caller");
            if (i % 4 != 0)
            {
                await client.SendTextAsync((i % 4) switch { 1 => "nonsense", 2 => TestClient.Frame("0003", "1"), _ => TestClient.Frame("0001", "{}") });
            }

            await client.WaitForCloseAsync();
        });
        var chatty = await Own(server.OpenAsync("caller", NewId()));
        for (var i = 0; i < 1_000; i++)
        {
            await chatty.SendTextAsync(TestClient.Frame("9999", uuid: "1"));
            await chatty.SendTextAsync(TestClient.Frame("0002", "1", "\"nobody asked\""));
        }

        await chatty.SendTextAsync(TestClient.Frame("0003", "1", "\"last\""));
        while ((await chatty.ReceiveFrameAsync()).Uuid != "last")
        {
        }

        var lines = server.Log.After(length).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length <= 10, string.Join('\n', lines));
        Assert.DoesNotContain(lines, line => line.Contains(" WRN ", StringComparison.Ordinal) || line.Contains(" ERR ", StringComparison.Ordinal));
    }

    private async Task<SwpProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var server = Own(SwpProcess.Standalone(settings));
        await server.StartAsync();
        return server;
    }

    private async Task<bool> GetsInAsync(SwpProcess server)
    {
        try
        {
            return (await Own(server.OpenAsync("caller", NewId()))).IsConnected;
        }
        catch (HandshakeRefusedException)
        {
            return false;
        }
    }

    private static async Task RefusedAsync(SwpProcess server)
    {
        var refused = await Assert.ThrowsAsync<HandshakeRefusedException>(() => server.ConnectAsync("caller"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.True(int.Parse(refused.Header("Retry-After")!) > 0);
    }
}
