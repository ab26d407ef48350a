using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Calls;

/// <summary>A caller inside the very owner of its client: after the first call no message of the runtime is needed, and nothing else is different.</summary>
public sealed class LocalCallTests(LocalCallTests.CountingCluster cluster) : IClassFixture<LocalCallTests.CountingCluster>
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Request_AgainAndAgain_OnlyTheFirstIsAGrainCall()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "near");
        _ = client.AnswerAllAsync();
        var target = Target("near");
        Assert.Equal("\"0\"", (await target.RequestAsync(0, Patient).DefaultTimeout()).Data.ToString());

        var before = cluster.GrainCalls;
        var results = await Task.WhenAll(Enumerable.Range(1, 50).Select(number => target.RequestAsync(number, Patient))).DefaultTimeout();
        Assert.Equal(Enumerable.Range(1, 50).Select(number => $"\"{number}\""), results.Select(result => result.Data.ToString()));
        Assert.Equal(before, cluster.GrainCalls);
    }

    [Fact]
    public async Task Request_FromAnotherMember_IsAlwaysAGrainCall()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "far");
        _ = client.AnswerAllAsync();
        var target = cluster.Gateway2.ServiceProvider.GetRequiredService<ISwpClients>().Get(TestService.Type, "far");
        for (var call = 0; call < 3; call++)
        {
            var before = cluster.GrainCalls;
            Assert.Equal(CallOutcome.Completed, (await target.RequestAsync(call, Patient).DefaultTimeout()).Outcome);
            Assert.Equal(before + 1, cluster.GrainCalls);
        }
    }

    [Fact]
    public async Task Request_ClientHasCome_ByAnotherConnection_ReachesThatOne()
    {
        var old = await cluster.OpenAsync(cluster.Gateway1, "returned");
        await AnsweredAsync("returned", old, "\"old\"");
        var next = await cluster.OpenAsync(cluster.Gateway2, "returned");

        // It is looked for once more, and found.
        var before = cluster.GrainCalls;
        await AnsweredAsync("returned", next, "\"next\"");
        await AnsweredAsync("returned", next, "\"again\"");
        Assert.Equal(before + 1, cluster.GrainCalls);
    }

    [Fact]
    public async Task Request_ClientHasGone_IsNotConnected()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "gone");
        var target = Target("gone");
        await AnsweredAsync("gone", client, "1");
        await client.CloseAsync();
        await Eventually.True(async () => !(await target.GetStatusAsync()).Connected);
        Assert.Equal(CallOutcome.NotConnected, (await target.RequestAsync(2).DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Request_CallerGivesUp_TheClientOwesNothingMore()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "patient");
        var target = Target("patient");
        await AnsweredAsync("patient", client, "1");
        using var impatience = new CancellationTokenSource();
        var call = target.RequestAsync(2, Patient, impatience.Token);
        await client.ReceiveRequestAsync();
        await impatience.CancelAsync();
        Assert.Equal(CallOutcome.Cancelled, (await call.DefaultTimeout()).Outcome);
        await Eventually.True(async () => (await target.GetStatusAsync()).PendingRequests == 0);
    }

    [Fact]
    public async Task Send_AfterARequest_IsDeliveredWithoutAGrainCall()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "told");
        await AnsweredAsync("told", client, "1");
        var before = cluster.GrainCalls;
        var sent = Target("told").SendAsync("news", Patient);
        Assert.Equal("news", (string?)(await client.ReceiveAsync())!["data"]);
        Assert.Equal(CallOutcome.Completed, (await sent.DefaultTimeout()).Outcome);
        Assert.Equal(before, cluster.GrainCalls);
    }

    [Fact]
    public async Task Request_OwnerLetsTheClientGo_TheNextOneIsFound()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "moved");
        await AnsweredAsync("moved", client, "1");
        var caller = cluster.OwnerOf("moved");
        var target = caller.ServiceProvider.GetRequiredService<ISwpClients>().Get(TestService.Type, "moved");
        var open = target.RequestAsync("open", Patient);
        var uuid = await client.ReceiveRequestAsync();

        // Its activation ends, and the client is attached anew, here or elsewhere.
        Assert.True(cluster.Cluster.TryGetGrainContext(cluster.GrainOf("moved"), out var context));
        context.Deactivate(new Orleans.DeactivationReason(Orleans.DeactivationReasonCode.ApplicationRequested, "Test."), CancellationToken.None);
        await context.Deactivated.DefaultTimeout();

        var another = target.RequestAsync("another", Patient);
        await client.AnswerAsync(uuid, "\"late\"");
        await client.AnswerAsync(await client.ReceiveRequestAsync(), "\"new\"");
        Assert.Equal("\"late\"", (await open.DefaultTimeout()).Data.ToString());
        Assert.Equal("\"new\"", (await another.DefaultTimeout()).Data.ToString());
    }

    private ISwpClient Target(string id) => cluster.OwnerOf(id).ServiceProvider.GetRequiredService<ISwpClients>().Get(TestService.Type, id);

    private async Task AnsweredAsync(string id, TestConnection client, string answer)
    {
        var call = Target(id).RequestAsync("?", Patient);
        await client.AnswerAsync(await client.ReceiveRequestAsync(), answer);
        Assert.Equal(answer, (await call.DefaultTimeout()).Data.ToString());
    }

    /// <summary>Counts the calls that clients' grains get.</summary>
    public sealed class CountingCluster : SwpTestCluster, IIncomingGrainCallFilter
    {
        private int _grainCalls;

        public int GrainCalls => Volatile.Read(ref _grainCalls);

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName is nameof(IClientGrain.RequestAsync) or nameof(IClientGrain.SendAsync))
            {
                Interlocked.Increment(ref _grainCalls);
            }

            return context.Invoke();
        }

        private protected override void Configure(IServiceCollection services) => services.AddSingleton<IIncomingGrainCallFilter>(this);
    }
}
