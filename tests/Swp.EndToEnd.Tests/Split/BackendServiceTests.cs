using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using StackExchange.Redis;
using Swp.Client.Hosting;
using Swp.Clients;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

/// <summary>A backend service that calls clients through Orleans: a process outside the cluster, which is this one.</summary>
[Collection(SplitCollection.Name)]
public sealed class BackendServiceTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task It_calls_clients_through_redis_without_knowing_any_address()
    {
        using var host = await StartAsync();
        var clients = host.Services.GetRequiredService<ISwpClients>();
        var connected = await OpenManyAsync(20, Gateway1, Gateway2);

        foreach (var (id, _) in connected)
        {
            var result = await clients.Get("caller", id).RequestAsync(new Call("A12"), cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(result.IsSuccess, $"{result}");
            Assert.Equal(id, result.Read<string>());
        }

        Assert.All(connected.Values, client => Assert.Equal("""{"code":"A12"}""", Assert.Single(client.Answered).Data));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_is_told_every_outcome_as_it_is()
    {
        using var host = await StartAsync();
        var clients = host.Services.GetRequiredService<ISwpClients>();
        var id = NewId();
        var client = await Own(Gateway1.OpenAsync("caller", id));
        async Task<CallOutcome> AskAsync(string type, string whom, CallOptions? options, CancellationToken ct) =>
            (await clients.Get(type, whom).RequestAsync(JsonPayload.From("?"), options, ct)).Outcome;
        var cancellationToken = TestContext.Current.CancellationToken;

        Assert.Equal(CallOutcome.UnknownType, await AskAsync("nosuch", id, null, cancellationToken));
        Assert.Equal(CallOutcome.UnknownClient, await AskAsync("caller", NewId(), null, cancellationToken));
        Assert.Equal(CallOutcome.TimedOut, await AskAsync("caller", id, new CallOptions { Timeout = TimeSpan.FromMilliseconds(200) }, cancellationToken));
        using (var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)))
        {
            Assert.Equal(CallOutcome.Cancelled, await AskAsync("caller", id, null, patience.Token));
        }

        Assert.Equal(CallOutcome.PayloadTooLarge, (await clients.Get("caller", id).RequestAsync(JsonPayload.From(new string('x', 70_000)), null, cancellationToken)).Outcome);
        Assert.Equal(CallOutcome.Completed, (await clients.Get("caller", id).SendAsync(JsonPayload.From("!"), null, cancellationToken)).Outcome);
        Assert.True((await clients.Get("caller", id).GetStatusAsync(cancellationToken)).Connected);
        await LeaveAsync(client, Gateway1.Operations, id);
        var gone = await clients.Get("caller", id).RequestAsync(JsonPayload.From("?"), null, cancellationToken);
        Assert.Equal(CallOutcome.NotConnected, gone.Outcome);
        Assert.NotNull(gone.LastSeen);
        await host.StopAsync(cancellationToken);
    }

    [Fact]
    public async Task It_lists_and_tells_all_clients()
    {
        using var host = await StartAsync();
        var clients = host.Services.GetRequiredService<ISwpClients>();
        var connected = await OpenManyAsync(10, Gateway1, Gateway2);
        var cancellationToken = TestContext.Current.CancellationToken;

        var page = await clients.ListAsync("caller", limit: 1000, cancellationToken: cancellationToken);
        Assert.Superset(connected.Keys.ToHashSet(), page.Clients.Select(client => client.Key.Id).ToHashSet());

        var told = await clients.BroadcastAsync("caller", new Call("all"), cancellationToken);
        Assert.Equal((CallOutcome.Completed, 2), (told.Outcome, told.Gateways));
        await Eventually.True(() => connected.Values.All(client => client.Answered.Count == 1));
        await host.StopAsync(cancellationToken);
    }

    [Fact]
    public async Task It_goes_on_when_an_owner_stops()
    {
        using var host = await StartAsync();
        var clients = host.Services.GetRequiredService<ISwpClients>();
        var connected = await OpenManyAsync(20, Gateway1, Gateway2);

        Assert.Equal(0, await Silos[0].StopAsync());

        var options = new CallOptions { Timeout = TimeSpan.FromSeconds(3), Idempotent = true };
        foreach (var id in connected.Keys)
        {
            var result = await clients.Get("caller", id).RequestAsync(JsonPayload.From("?"), options, TestContext.Current.CancellationToken);
            for (var attempt = 0; attempt < 10 && result.Outcome.IsRetryable(idempotent: true); attempt++)
            {
                result = await clients.Get("caller", id).RequestAsync(JsonPayload.From("?"), options, TestContext.Current.CancellationToken);
            }

            Assert.Equal(CallOutcome.Completed, result.Outcome);
        }

        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("e2e", "e2e-service"));
            client.UseRedisClustering(redis => redis.ConfigurationOptions = ConfigurationOptions.Parse(Redis.ConnectionString));
        });
        builder.Services.AddSwpClients();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private sealed record Call(string Code);
}
