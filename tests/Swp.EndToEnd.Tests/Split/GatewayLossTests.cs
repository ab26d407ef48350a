using System.Diagnostics;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class GatewayLossTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task A_stopping_gateway_sends_its_clients_away_and_every_call_under_way_gets_a_true_outcome()
    {
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        var call = Gateway2.Operations.CallAsync("caller", id, timeoutMs: 30_000);
        var request = await client.ReceiveFrameAsync();
        var resumed = Gateway2.Operations.CallAsync("caller", id, timeoutMs: 30_000, idempotent: true);
        var again = await client.ReceiveFrameAsync();
        var bystanders = await OpenManyAsync(10, Gateway2);

        Gateway1.Terminate();
        Assert.Equal(new TestClose(4003, "draining"), await client.WaitForCloseAsync());
        var back = await Own(Gateway2.OpenAsync("caller", id));
        var resent = await back.ReceiveFrameAsync();
        await back.AnswerAsync(resent, "\"again\"");
        back.AutoAnswer("\"back\"");

        // Sent and not answered: that it is lost is known at once.
        Assert.Equal(("lost_in_flight", request.Uuid), await call is var lost ? (lost.Outcome, lost["uuid"]) : default);
        Assert.Equal(again.Uuid, resent.Uuid);
        Assert.Equal("\"again\"", (await resumed).RawData);
        Assert.Equal("\"back\"", (await Gateway2.Operations.CallAsync("caller", id)).RawData);
        Assert.Equal(0, await Gateway1.Exited.DefaultTimeout());
        await AllAnswerAsync(Gateway2.Operations, bystanders.Keys);
        Assert.All(bystanders.Values, bystander => Assert.True(bystander.IsConnected));
    }

    [Fact]
    public async Task A_stopping_gateway_without_clients_takes_calls_until_a_load_balancer_has_seen_that_it_is_not_ready()
    {
        var clients = await OpenManyAsync(1, Gateway2);
        var cluster = Gateway2.Settings.Where(setting => setting.Key is "Swp:ClusterId" or "Swp:ServiceId").Select(setting => (setting.Key, setting.Value));
        var leaving = Own(SwpProcess.Gateway("gateway3", Redis.ConnectionString, [.. cluster, ("Swp:DrainNotice", "00:00:03")]));
        await leaving.StartAsync();
        await AllAnswerAsync(leaving.Operations, clients.Keys);

        leaving.Terminate();
        await Eventually.True(async () => !await leaving.IsReadyAsync());
        var answer = await leaving.Operations.CallAsync("caller", clients.Keys.Single());

        // A connection is not kept for a next call, which would be cut.
        Assert.Equal("completed", answer.Outcome);
        Assert.True(answer.Headers.ConnectionClose);
        Assert.Equal(0, await leaving.Exited.DefaultTimeout());
    }

    [Fact]
    public async Task Calls_go_on_while_a_gateway_is_restarted_and_none_gets_a_false_outcome()
    {
        var clients = await OpenManyAsync(10, Gateway2);
        using var done = new CancellationTokenSource();
        var callers = clients.Keys.Select(async id =>
        {
            var calls = 0;
            while (!done.IsCancellationRequested)
            {
                var answer = await Gateway2.Operations.CallAsync("caller", id);
                Assert.True(answer["data"] == id, $"{answer}");
                calls++;
                await Task.Delay(20);
            }

            return calls;
        }).ToArray();

        Assert.Equal(0, await Gateway1.StopAsync());
        await Gateway1.StartAsync();
        await done.CancelAsync();

        Assert.All(await Task.WhenAll(callers), calls => Assert.True(calls > 10));
    }

    [Fact]
    public async Task The_clients_of_a_killed_gateway_are_callable_once_they_are_open_at_the_other()
    {
        var clients = await OpenManyAsync(20, Gateway1);
        var call = Gateway2.Operations.CallAsync("caller", clients.Keys.First(), timeoutMs: 60_000);
        var silent = NewId();
        var deaf = await Own(Gateway1.OpenAsync("caller", silent));
        var lost = Gateway2.Operations.CallAsync("caller", silent, timeoutMs: 60_000);
        await deaf.ReceiveFrameAsync();
        await call;

        await Gateway1.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Values.Select(client => client.WaitForCloseAsync()));
        var opened = await Task.WhenAll(clients.Keys.Select(async id =>
        {
            var back = await Own(Gateway2.OpenAsync("caller", id));
            back.AutoAnswer($"\"{id}\"");
            return Stopwatch.GetElapsedTime(killed);
        }));
        await AllAnswerAsync(Gateway2.Operations, clients.Keys);
        var callable = Stopwatch.GetElapsedTime(killed);

        // A part of the grain directory was the dead member's: its clients wait until the others know that it is dead.
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Open again {opened.Min().TotalSeconds:0.00} to {opened.Max().TotalSeconds:0.00} s (median {opened.Order().ElementAt(opened.Length / 2).TotalSeconds:0.00}), all callable {callable.TotalSeconds:0.00} s after the gateway's death.");
        Assert.True(callable < TimeSpan.FromSeconds(10), $"{callable}");

        // Nobody came back for this one: the members notice by themselves.
        Assert.Equal("lost_in_flight", (await lost).Outcome);
        Assert.True(Stopwatch.GetElapsedTime(killed) < TimeSpan.FromSeconds(15), $"{Stopwatch.GetElapsedTime(killed)}");
        Assert.Equal("not_connected", (await Gateway2.Operations.CallAsync("caller", silent)).Outcome);
    }
}
