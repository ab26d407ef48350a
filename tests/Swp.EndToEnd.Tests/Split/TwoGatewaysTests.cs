using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class TwoGatewaysTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task A_call_that_enters_at_one_gateway_reaches_a_client_on_the_other()
    {
        var clients = await OpenManyAsync(20, Gateway1);

        await AllAnswerAsync(Gateway2.Operations, clients.Keys);
        await AllAnswerAsync(Gateway1.Operations, clients.Keys);

        var id = clients.Keys.First();
        Assert.Equal(HttpStatusCode.Accepted, (await Gateway2.Operations.MessageAsync("caller", id)).Status);
        var answer = await Gateway2.Operations.CallerCallAsync($$"""{"clinicId":"{{id}}"}""");
        Assert.Equal(("0", id), (answer["code"], answer["data"]));
    }

    [Fact]
    public async Task Data_is_relayed_byte_for_byte_over_the_cluster()
    {
        const string Data = "{ \"a\" : [1.0,\t-0, \"\\u00e9\\/中😀\"] }";
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        client.AutoAnswer(Data);

        Assert.Equal(Data, (await client.QueryAsync(Data)).RawData);
        Assert.Equal(Data, (await Gateway2.Operations.CallAsync("caller", id, Data)).RawData);
        Assert.Equal(Data, Assert.Single(client.Answered).Data);
        var large = $"\"{new string('x', 60_000)}\"";
        Assert.Equal(large, (await client.QueryAsync(large)).RawData);
    }

    [Fact]
    public async Task Queries_sent_without_waiting_are_answered_in_order()
    {
        var client = await Own(Gateway2.OpenAsync("caller", NewId()));
        for (var number = 0; number < 200; number++)
        {
            await client.SendTextAsync(TestClient.Frame("0003", $"{number}"));
        }

        for (var number = 0; number < 200; number++)
        {
            Assert.Equal($"{number}", (await client.ReceiveFrameAsync()).RawData);
        }
    }

    [Fact]
    public async Task The_newest_connection_wins_across_gateways()
    {
        var id = NewId();
        var old = await Own(Gateway1.OpenAsync("caller", id));
        for (var round = 0; round < 3; round++)
        {
            var newest = await Own((round % 2 == 0 ? Gateway2 : Gateway1).OpenAsync("caller", id));
            newest.AutoAnswer($"{round}");
            Assert.Equal(new TestClose(4502, "superseded"), await old.WaitForCloseAsync());
            Assert.Equal($"{round}", (await Gateway1.Operations.CallAsync("caller", id)).RawData);
            Assert.Equal($"{round}", (await Gateway2.Operations.CallAsync("caller", id)).RawData);
            old = newest;
        }
    }

    [Fact]
    public async Task A_client_reconnects_at_the_other_gateway_and_an_idempotent_call_follows_it()
    {
        var id = NewId();
        var first = await Own(Gateway1.OpenAsync("caller", id));
        var call = Gateway1.Operations.CallAsync("caller", id, timeoutMs: 30_000, idempotent: true);
        var request = await first.ReceiveFrameAsync();
        first.Abort();

        var second = await Own(Gateway2.OpenAsync("caller", id));
        var again = await second.ReceiveFrameAsync();
        await second.AnswerAsync(again, "\"there\"");

        Assert.Equal(request.Uuid, again.Uuid);
        Assert.Equal("\"there\"", (await call).RawData);
    }

    [Fact]
    public async Task Both_gateways_show_the_same_status()
    {
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        await client.SendTextAsync(TestClient.Frame("0000"));
        await client.QueryAsync("1");

        var here = await Gateway1.Operations.StatusAsync("caller", id);
        var there = await Gateway2.Operations.StatusAsync("caller", id);

        Assert.Equal("gateway1", here["gateway"]);
        Assert.Contains(here["owner"], Silos.Select(silo => silo.Name));
        Assert.Equal(here.Text, there.Text);
        await LeaveAsync(client, Gateway2.Operations, id);
        Assert.Equal("not_connected", (await Gateway2.Operations.CallAsync("caller", id)).Outcome);
    }

    [Theory]
    [InlineData("nosuch", "unknown_type")]
    [InlineData("caller", "unknown_client")]
    public async Task Strangers_are_known_as_such_at_every_gateway(string type, string outcome)
    {
        foreach (var gateway in Gateways)
        {
            Assert.Equal(outcome, (await gateway.Operations.CallAsync(type, NewId())).Outcome);
        }
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_its_call_across_the_cluster()
    {
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        using var call = Gateway2.Operations.BeginCall("caller", id, timeoutMs: 300_000);
        _ = call.Answer;
        await client.ReceiveFrameAsync();

        await call.AbortAsync();

        await Eventually.True(async () => (await Gateway1.Operations.StatusAsync("caller", id))["pendingRequests"] == "0");
    }

    [Fact]
    public async Task A_hospital_system_is_answered_through_any_gateway()
    {
        foreach (var gateway in Gateways)
        {
            var client = await Own(gateway.OpenAsync("his", NewId()));
            Assert.StartsWith("{\"result\":", (await client.QueryAsync("""{"busiType":"feeItem"}""")).Data, StringComparison.Ordinal);
        }
    }
}
