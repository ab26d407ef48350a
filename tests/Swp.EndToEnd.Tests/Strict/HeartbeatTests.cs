using System.Text.RegularExpressions;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Strict;

[Collection(StrictCollection.Name)]
public sealed partial class HeartbeatTests(StrictStandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Fact]
    public async Task Hearts_that_keep_their_distance_have_no_answer()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        for (var beat = 0; beat < 3; beat++)
        {
            await client.SendTextAsync(TestClient.Frame("0000", "\"999\"", "1"));
            Assert.Equal("0003", (await client.QueryAsync("1")).SessionType);
            await Task.Delay(StrictStandaloneFixture.HeartbeatInterval, TestContext.Current.CancellationToken);
        }

        Assert.NotNull((await fixture.Server.Operations.StatusAsync("caller", id))["lastHeartbeat"]);
    }

    [Fact]
    public async Task Two_hearts_too_close_together_are_refused_in_the_known_words_and_closed_with_4008()
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        await client.SendTextAsync(TestClient.Frame("0000", "\"999\"", "1", message: "open session"));
        await client.SendTextAsync(TestClient.Frame("0000", "\"999\"", "2", message: "open session"));

        AssertRefused(await client.ReceiveFrameAsync(), "2");
        Assert.Equal(new TestClose(4008, "heartbeat_too_frequent"), await client.WaitForCloseAsync());
    }

    [Fact]
    public async Task Hearts_count_before_the_open_too()
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        await client.SendTextAsync(TestClient.Frame("0000"));
        await client.SendTextAsync(TestClient.Frame("0000", uuid: "2"));

        AssertRefused(await client.ReceiveFrameAsync(), "2");
        Assert.Equal(4008, (await client.WaitForCloseAsync()).Code);
    }

    [Fact]
    public async Task The_clock_goes_on_over_the_open()
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        await client.SendTextAsync(TestClient.Frame("0000"));
        await client.OpenAsync(NewId());
        await client.SendTextAsync(TestClient.Frame("0000", uuid: "2"));

        AssertRefused(await client.ReceiveFrameAsync(), "2");
        Assert.Equal(4008, (await client.WaitForCloseAsync()).Code);
    }

    [Fact]
    public async Task The_first_heart_of_a_new_connection_is_always_accepted()
    {
        var id = NewId();
        for (var connection = 0; connection < 3; connection++)
        {
            var client = await Own(fixture.Server.OpenAsync("caller", id));
            await client.SendTextAsync(TestClient.Frame("0000"));
            Assert.Equal("0003", (await client.QueryAsync("1")).SessionType);
        }
    }

    private static void AssertRefused(TestFrame refused, string uuid)
    {
        Assert.Equal(("0000", "-1", uuid, "heartbeat_too_frequent"), (refused.SessionType, refused.Code, refused.Uuid, refused.Error));
        var over = Words().Match(refused.Data!);
        Assert.True(over.Success, refused.Data);
        Assert.InRange(int.Parse(over.Groups[1].Value), -(int)StrictStandaloneFixture.HeartbeatInterval.TotalMilliseconds, -1);
    }

    [GeneratedRegex(@"^客户端心跳检测请求频次过高\((-\d+)\)$")]
    private static partial Regex Words();
}
