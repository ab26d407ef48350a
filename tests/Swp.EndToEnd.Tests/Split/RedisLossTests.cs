using System.Diagnostics;
using StackExchange.Redis;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Protocol;
using Swp.Testing.Clients;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class RedisLossTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task Without_redis_clients_keep_answering_and_new_ones_connect()
    {
        var outage = TimeSpan.FromSeconds(20);
        var clients = await OpenManyAsync(20, Gateway1, Gateway2);
        var newcomers = new Dictionary<string, TestClient>();

        await Redis.StopAsync();
        var started = Stopwatch.GetTimestamp();
        do
        {
            await AllAnswerAsync(Gateway1.Operations, clients.Keys);
            var opening = Stopwatch.GetTimestamp();
            foreach (var (id, client) in await OpenManyAsync(1, Gateway2))
            {
                newcomers.Add(id, client);
            }

            Assert.True(Stopwatch.GetElapsedTime(opening) < TimeSpan.FromSeconds(5), "A new client need not wait.");
            await AllAnswerAsync(Gateway1.Operations, newcomers.Keys);
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
        while (Stopwatch.GetElapsedTime(started) < outage);

        await Redis.RestartAsync();

        await AllAnswerAsync(Gateway2.Operations, clients.Keys.Concat(newcomers.Keys));
        Assert.All(clients.Values.Concat(newcomers.Values), client => Assert.True(client.IsConnected));
        Assert.All(Silos.Concat(Gateways), member => Assert.True(member.IsRunning));

        // What was not written meanwhile is written now: a restarted owner knows the newcomers.
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString))
        {
            var server = redis.GetServers().Single();
            await Eventually.True(() => newcomers.Keys.All(id => server.Keys(pattern: $"*{id}*").Any()));
        }

        await Task.WhenAll(newcomers.Values.Select(client => client.CloseAsync()));
        foreach (var silo in Silos)
        {
            await silo.StopAsync();
            await silo.StartAsync();
        }

        foreach (var id in newcomers.Keys)
        {
            Assert.Equal("not_connected", (await Gateway1.Operations.CallAsync("caller", id)).Outcome);
        }
    }

    [Fact]
    public async Task Members_that_are_stopped_without_redis_end_in_time_and_join_again()
    {
        var clients = await OpenManyAsync(20, Gateway1, Gateway2);
        await Redis.StopAsync();

        var started = Stopwatch.GetTimestamp();
        var codes = await Task.WhenAll(Silos[1].StopAsync(), Gateway2.StopAsync());
        var took = Stopwatch.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper?.WriteLine($"Stopped within {took.TotalSeconds:0.0} s.");
        Assert.Equal([0, 0], codes);
        Assert.True(took < TimeSpan.FromSeconds(30), $"{took}");

        // Nobody can be told that they are gone: the clients of the stopped owner wait for a new one, and their callers are told.
        var answers = await Task.WhenAll(clients.Keys.Select(id => Gateway1.Operations.CallAsync("caller", id, timeoutMs: 2000)));
        Assert.All(answers, answer => Assert.Contains(answer.Outcome, (string[])["completed", "not_sent", "lost_in_flight", "not_connected"]));
        var closed = clients.Values.Where(client => !client.IsConnected).ToArray();
        Assert.Equal(10, closed.Length);
        Assert.All(closed, client => Assert.Equal((int)CloseCode.Draining, client.Closed.Result.Code));

        await Redis.RestartAsync();
        await Task.WhenAll(Silos[1].StartAsync(), Gateway2.StartAsync());
        await AllAnswerAsync(Gateway2.Operations, clients.Where(client => client.Value.IsConnected).Select(client => client.Key), within: TimeSpan.FromSeconds(15));
    }
}
