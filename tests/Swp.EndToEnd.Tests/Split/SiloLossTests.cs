using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

/// <summary>Owners come and go behind open sockets: no client may notice.</summary>
[Collection(SplitCollection.Name)]
public sealed class SiloLossTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task When_an_owner_stops_all_clients_stay_connected_and_callable(int silo)
    {
        var clients = await OpenManyAsync(50, Gateway1, Gateway2);
        await AllAnswerAsync(Gateway1.Operations, clients.Keys);

        Assert.Equal(0, await Silos[silo].StopAsync());

        var took = await AllAnswerAsync(Gateway2.Operations, clients.Keys, within: TimeSpan.FromSeconds(10));
        TestContext.Current.TestOutputHelper?.WriteLine($"All callable {took.TotalSeconds:0.00} s after the owner's end.");
        Assert.All(clients.Values, client => Assert.True(client.IsConnected));
        await EchoAsync(clients.Values);
    }

    [Fact]
    public async Task When_an_owner_is_killed_all_clients_stay_connected_and_are_callable_in_seconds()
    {
        var clients = await OpenManyAsync(50, Gateway1, Gateway2);

        await Silos[0].KillAsync();

        var took = await AllAnswerAsync(Gateway1.Operations, clients.Keys, within: TimeSpan.FromSeconds(15));
        TestContext.Current.TestOutputHelper?.WriteLine($"All callable {took.TotalSeconds:0.00} s after the owner's death.");
        Assert.All(clients.Values, client => Assert.True(client.IsConnected));
        await EchoAsync(clients.Values);
    }

    [Fact]
    public async Task Queries_sent_while_an_owner_is_killed_are_answered_in_order_once_each()
    {
        var clients = await OpenManyAsync(20, Gateway1, Gateway2);
        var sent = 0;
        async Task SendAsync(int count)
        {
            for (var number = 0; number < count; number++, sent++)
            {
                await Task.WhenAll(clients.Values.Select(client => client.SendTextAsync(TestClient.Frame("0003", $"{sent}", $"\"{sent}\""))));
            }
        }

        await SendAsync(5);
        await Silos[1].KillAsync();
        await SendAsync(20);

        foreach (var client in clients.Values)
        {
            // What the dead owner had taken may have been carried out: its client is told so, and it is not asked again.
            for (var number = 0; number < sent; number++)
            {
                var answer = await client.ReceiveFrameAsync();
                Assert.Equal($"{number}", answer.Uuid);
                Assert.Equal($"{number}", answer.Error == "lost_in_flight" ? answer.Uuid : answer.RawData);
            }

            Assert.False(client.HasFrame);
            Assert.True(client.IsConnected);
        }
    }

    [Fact]
    public async Task Calls_under_way_when_an_owner_stops_get_a_true_outcome_in_time()
    {
        var ids = new List<(string Id, TestClient Client)>();
        for (var number = 0; number < 20; number++)
        {
            var id = NewId();
            ids.Add((id, await Own(Gateway1.OpenAsync("caller", id))));
        }

        var calls = ids.Select(client => Gateway2.Operations.CallAsync("caller", client.Id, timeoutMs: 20_000)).ToArray();
        var requests = await Task.WhenAll(ids.Select(async client => await client.Client.ReceiveFrameAsync()));

        Silos[0].Terminate();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await Task.WhenAll(ids.Select((client, index) => client.Client.AnswerAsync(requests[index], $"{index}")));

        // The stopping owner waits for the answers that come.
        var answers = await Task.WhenAll(calls);
        Assert.All(answers.Select((answer, index) => (answer, index)), pair => Assert.Equal($"{pair.index}", pair.answer.Outcome == "completed" ? pair.answer.RawData : pair.answer.Text));
        Assert.Equal(0, await Silos[0].Exited.DefaultTimeout());
    }

    [Fact]
    public async Task Calls_under_way_when_an_owner_is_killed_end_in_time()
    {
        var ids = new List<(string Id, TestClient Client)>();
        for (var number = 0; number < 20; number++)
        {
            var id = NewId();
            ids.Add((id, await Own(Gateway1.OpenAsync("caller", id))));
        }

        var calls = ids.Select(client => Gateway2.Operations.CallAsync("caller", client.Id, timeoutMs: 20_000)).ToArray();
        var requests = await Task.WhenAll(ids.Select(async client => await client.Client.ReceiveFrameAsync()));

        await Silos[1].KillAsync();
        await Task.WhenAll(ids.Select((client, index) => client.Client.AnswerAsync(requests[index], $"{index}")));

        var answers = await Task.WhenAll(calls);
        Assert.All(answers, answer => Assert.Contains(answer.Outcome, (string[])["completed", "lost_in_flight"]));
        Assert.Contains(answers, answer => answer.Outcome == "completed");
        Assert.All(answers, answer => Assert.True(answer.Json.GetProperty("elapsedMs").GetDouble() < 21_000));
    }

    [Fact]
    public async Task A_new_owner_is_used_and_nobody_notices()
    {
        Assert.Equal(0, await Silos[1].StopAsync());
        var clients = await OpenManyAsync(30, Gateway1, Gateway2);

        await Silos[1].StartAsync();
        await Eventually.True(async () => await AllReadyAsync());
        Assert.Equal(0, await Silos[0].StopAsync());

        await AllAnswerAsync(Gateway1.Operations, clients.Keys, within: TimeSpan.FromSeconds(10));
        Assert.All(clients.Values, client => Assert.True(client.IsConnected));
    }

    [Fact]
    public async Task Without_any_owner_a_gateway_is_not_ready_and_it_is_again_when_one_is_back()
    {
        await Task.WhenAll(Silos.Select(silo => silo.StopAsync()));

        await Eventually.True(async () => !await Gateway1.IsReadyAsync());
        var answer = await Gateway1.Operations.CallAsync("caller", NewId(), timeoutMs: 1000);
        Assert.Equal(("cluster_unavailable", "true"), (answer.Outcome, answer["retryable"]));

        await Task.WhenAll(Silos.Select(silo => silo.StartAsync()));
        await Eventually.True(AllReadyAsync);
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        client.AutoAnswer();
        Assert.Equal("completed", (await Gateway2.Operations.CallAsync("caller", id)).Outcome);
    }

    private static async Task EchoAsync(IEnumerable<TestClient> clients)
    {
        foreach (var client in clients)
        {
            Assert.Equal("\"echo\"", (await client.QueryAsync("\"echo\"")).RawData);
        }
    }

    private async ValueTask<bool> AllReadyAsync() => (await Task.WhenAll(Gateways.Select(gateway => gateway.IsReadyAsync()))).All(ready => ready);
}
