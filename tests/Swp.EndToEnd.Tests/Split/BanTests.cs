using System.Net;
using System.Text.Json;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class BanTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task A_ban_outlives_the_owner_that_is_killed_right_after_it()
    {
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        var owner = (await Gateway1.Operations.StatusAsync("caller", id))["owner"];

        Assert.Equal((HttpStatusCode.NoContent, ""), await BanAsync(id, """{"reason":"spam"}"""));
        await Silos.Single(silo => silo.Name == owner).KillAsync();

        Assert.Equal(new TestClose(4505, "banned"), await client.WaitForCloseAsync());
        await Eventually.True(async () => (await Gateway1.Operations.CallAsync("caller", id, timeoutMs: 1000)).Status == HttpStatusCode.Forbidden);
        Assert.Equal("true", (await Gateway2.Operations.StatusAsync("caller", id))["banned"]);
        await RefusedAsync(id, "spam");

        Assert.Equal(HttpStatusCode.NoContent, (await Gateway1.Operations.UnbanAsync("caller", id)).Status);
        await Own(Gateway2.OpenAsync("caller", id));
    }

    [Fact]
    public async Task Without_redis_a_ban_is_in_force_and_says_that_it_is_not_written_yet()
    {
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        await Redis.StopAsync();

        Assert.Equal((HttpStatusCode.Accepted, ""), await BanAsync(id, """{"reason":"spam"}"""));

        Assert.Equal(4505, (await client.WaitForCloseAsync()).Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await Gateway2.Operations.CallAsync("caller", id)).Status);
        await RefusedAsync(id, "spam");

        await Redis.RestartAsync();
        await Eventually.True(async () => (await Gateway1.Operations.BanAsync("caller", id, """{"reason":"spam"}""")).Status == HttpStatusCode.NoContent);
        foreach (var silo in Silos)
        {
            await silo.StopAsync();
            await silo.StartAsync();
        }

        // A call may still meet an owner on its way out.
        await Eventually.True(async () => (await Gateway1.Operations.CallAsync("caller", id)).Status == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_ban_ends_by_itself()
    {
        var id = NewId();
        var until = JsonSerializer.Serialize(TimeProvider.System.GetUtcNow().AddSeconds(2));
        Assert.Equal((HttpStatusCode.NoContent, ""), await BanAsync(id, $$"""{"until":{{until}}}"""));
        Assert.Equal(HttpStatusCode.Forbidden, (await Gateway2.Operations.CallAsync("caller", id)).Status);

        await Eventually.True(async () => (await Gateway2.Operations.CallAsync("caller", id)).Outcome == "unknown_client");
        await Own(Gateway2.OpenAsync("caller", id));
    }

    [Fact]
    public async Task A_client_is_disconnected_once()
    {
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));

        Assert.Equal(HttpStatusCode.NoContent, (await Gateway2.Operations.DisconnectAsync("caller", id)).Status);

        Assert.Equal("not_connected", (await Gateway2.Operations.DisconnectAsync("caller", id)).Outcome);
        Assert.Equal(new TestClose(4506, "disconnected_by_server"), await client.WaitForCloseAsync());
        await Own(Gateway2.OpenAsync("caller", id));
    }

    [Fact]
    public async Task Bad_bans_are_refused()
    {
        foreach (var ban in (string[])["{", """{"until":"2020-01-01T00:00:00Z"}""", $$"""{"reason":"{{new string('x', 201)}}"}"""])
        {
            var answer = await Gateway1.Operations.BanAsync("caller", NewId(), ban);
            Assert.Equal((HttpStatusCode.BadRequest, "urn:swp:bad-request"), (answer.Status, answer["type"]));
        }
    }

    private async Task<(HttpStatusCode Status, string Text)> BanAsync(string id, string ban)
    {
        var answer = await Gateway2.Operations.BanAsync("caller", id, ban);
        return (answer.Status, answer.Text);
    }

    private async Task RefusedAsync(string id, string reason)
    {
        foreach (var gateway in Gateways)
        {
            var client = await Own(gateway.ConnectAsync("caller"));
            await client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}"""));
            var refusal = await client.ReceiveFrameAsync();
            Assert.Equal(("-1", reason, "banned"), (refusal.Code, refusal.Message, refusal.Error));
            Assert.Equal(4505, (await client.WaitForCloseAsync()).Code);
        }
    }
}
