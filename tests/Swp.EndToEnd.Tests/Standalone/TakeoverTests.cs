using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class TakeoverTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Fact]
    public async Task The_newest_connection_wins_and_the_old_one_is_closed_with_4502()
    {
        var id = NewId();
        var old = await Own(fixture.Server.OpenAsync("caller", id));
        var before = long.Parse((await fixture.Server.Operations.StatusAsync("caller", id))["epoch"]!);

        var newest = await Own(fixture.Server.OpenAsync("caller", id));
        newest.AutoAnswer("\"newest\"");

        Assert.Equal(new TestClose(4502, "superseded"), await old.WaitForCloseAsync());
        Assert.Equal("\"newest\"", (await fixture.Server.Operations.CallAsync("caller", id)).RawData);
        var status = await fixture.Server.Operations.StatusAsync("caller", id);
        Assert.Equal("true", status["connected"]);
        Assert.True(long.Parse(status["epoch"]!) > before);
    }

    [Fact]
    public async Task What_was_asked_of_the_old_connection_is_lost_and_its_answer_has_no_effect()
    {
        var id = NewId();
        var old = await Own(TestClient.ConnectWithoutReadingAsync(fixture.Server.Clients, "caller"));
        await old.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}"""));
        var call = fixture.Server.Operations.CallAsync("caller", id, waitForConnectMs: 10_000);
        await PendingAsync(id);

        var newest = await Own(fixture.Server.OpenAsync("caller", id));
        var answer = await call;

        Assert.Equal((HttpStatusCode.BadGateway, "lost_in_flight"), (answer.Status, answer.Outcome));
        await old.SendTextAsync(TestClient.Frame("0003", "\"ghost\"", "1"));
        await old.SendTextAsync(TestClient.Frame("0002", "\"ghost\"", $"\"{answer["uuid"]}\""));
        await old.SendTextAsync(TestClient.Frame("0000"));
        Assert.Equal("\"mine\"", (await newest.QueryAsync("\"mine\"")).RawData);
        Assert.Null((await fixture.Server.Operations.StatusAsync("caller", id))["lastHeartbeat"]);
        Assert.True(newest.IsConnected);
    }

    [Fact]
    public async Task The_end_of_the_old_connection_does_not_end_the_new_one()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = NewId();
            var old = await Own(fixture.Server.OpenAsync("caller", id));
            var newest = await Own(fixture.Server.OpenAsync("caller", id));
            newest.AutoAnswer($"{round}");
            old.Abort();
            Assert.Equal($"{round}", (await fixture.Server.Operations.CallAsync("caller", id)).RawData);
            await newest.CloseAsync();
        }
    }

    [Fact]
    public async Task Of_a_few_that_connect_at_once_one_is_left_and_it_is_the_one_that_is_called()
    {
        var id = NewId();
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Own(fixture.Server.ConnectAsync("caller"))));
        foreach (var (client, index) in clients.Select((client, index) => (client, index)))
        {
            client.AutoAnswer($"{index}");
        }

        await Task.WhenAll(clients.Select(client => client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}"""))));

        var closed = clients.Select(client => client.Closed).ToList();
        for (var losers = 0; losers < clients.Length - 1; losers++)
        {
            var loser = await Task.WhenAny(closed).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            closed.Remove(loser);
            Assert.Equal(4502, (await loser).Code);
        }

        var survivor = Assert.Single(clients, client => client.IsConnected);
        Assert.Equal($"{Array.IndexOf(clients, survivor)}", (await fixture.Server.Operations.CallAsync("caller", id)).RawData);
    }

    [Fact]
    public async Task A_client_reconnects_after_a_good_bye_and_after_a_pulled_plug()
    {
        var id = NewId();
        var first = await Own(fixture.Server.OpenAsync("caller", id));
        await LeaveAsync(first, fixture.Server.Operations, id);
        Assert.Equal("not_connected", (await fixture.Server.Operations.CallAsync("caller", id)).Outcome);

        var second = await Own(fixture.Server.OpenAsync("caller", id));
        second.AutoAnswer("2");
        Assert.Equal("2", (await fixture.Server.Operations.CallAsync("caller", id)).RawData);
        second.Abort();

        var third = await Own(fixture.Server.OpenAsync("caller", id));
        third.AutoAnswer("3");
        Assert.Equal("3", (await fixture.Server.Operations.CallAsync("caller", id)).RawData);
    }

    private Task PendingAsync(string id) => Testing.Tasks.Eventually.True(async () =>
        (await fixture.Server.Operations.StatusAsync("caller", id)) is { Status: HttpStatusCode.OK } status
        && status["connected"] == "true" && status["pendingRequests"] == "1");
}
