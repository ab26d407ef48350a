using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.TestingHost;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Moves;

/// <summary>A client has been asked, and its owner goes away before it answers: the next owner takes the call up, and nobody is asked twice.</summary>
public sealed class ContinuedCallTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Stop_Owner_TheAnswerComesAfterItsEnd_Completed()
    {
        var (client, call, uuid) = await AskAsync("stopped");
        await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        await cluster.Cluster.StopSiloAsync(cluster.OwnerOf("stopped")).DefaultTimeout();
        Assert.False(call.IsCompleted);

        await client.AnswerAsync(uuid, "\"late\"");

        await CompletesAsync(call, uuid, "\"late\"");
    }

    [Fact]
    public async Task Stop_Owner_TheAnswerComesMeanwhile_Completed()
    {
        var (client, call, uuid) = await AskAsync("meanwhile");
        await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        var stopping = cluster.Cluster.StopSiloAsync(cluster.OwnerOf("meanwhile"));
        await client.AnswerAsync(uuid, "\"meanwhile\"");

        await CompletesAsync(call, uuid, "\"meanwhile\"");
        await stopping.DefaultTimeout();
    }

    [Fact]
    public async Task TheOwnerGotItLate_AskedWithNoTimeLeft_ItIsTimedOut()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "late");
        var grain = cluster.Grains.GetGrain<IClientGrain>(cluster.GrainOf("late"));
        var call = new CallRequest { Uuid = "late-1", Data = JsonPayload.Parse("1"), Timeout = TimeSpan.FromMinutes(5) };
        var first = grain.RequestAsync(call, CancellationToken.None);
        Assert.Equal(call.Uuid, await client.ReceiveRequestAsync());

        Assert.Equal(CallOutcome.TimedOut, (await grain.ContinueAsync(Over(call, TimeSpan.FromMinutes(5)), CancellationToken.None).DefaultTimeout()).Outcome);
        Assert.Equal(CallOutcome.TimedOut, (await first.DefaultTimeout()).Outcome);
    }

    [Theory]
    [InlineData(true, true, CallOutcome.NotSent)]
    [InlineData(true, false, CallOutcome.NotSent)]
    [InlineData(false, true, CallOutcome.LostInFlight)]
    [InlineData(false, false, CallOutcome.LostInFlight)]
    public async Task NoTimeIsLeft_NothingIsSentAnyMore(bool certain, bool idempotent, CallOutcome expected)
    {
        var id = $"over-{certain}-{idempotent}";
        var client = await cluster.OpenAsync(cluster.Gateway1, id);
        var grain = cluster.Grains.GetGrain<IClientGrain>(cluster.GrainOf(id));

        // Whether the connection has been there since before the call decides whether it was certainly never sent. One that is made "later" needs no wait here.
        var age = certain ? -TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(5);
        var call = new CallRequest { Uuid = id, Data = JsonPayload.Parse("1"), Timeout = TimeSpan.FromMinutes(5), Idempotent = idempotent };
        Assert.Equal(expected, (await grain.ContinueAsync(Over(call, age), CancellationToken.None).DefaultTimeout()).Outcome);

        // An attempt that was still under way comes too late.
        Assert.Equal(expected, (await grain.RequestAsync(call, CancellationToken.None).DefaultTimeout()).Outcome);
        var another = cluster.Clients.Get(TestService.Type, id).RequestAsync("another", Patient);
        var uuid = await client.ReceiveRequestAsync();
        Assert.NotEqual(call.Uuid, uuid);
        await client.AnswerAsync(uuid);
        await CompletesAsync(another, uuid, "\"ok\"");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_Owner_TheClientAnswersAfterwards_Completed(bool external)
    {
        var id = $"killed-{external}";
        var (client, call, uuid) = await AskAsync(id, external ? null : cluster.Gateway2);
        await cluster.KillOwnerAsync(id);

        await client.AnswerAsync(uuid, "\"survived\"");

        await CompletesAsync(call, uuid, "\"survived\"");
    }

    [Fact]
    public async Task Kill_Owner_TheConnectionEndsToo_IsLost()
    {
        var (client, call, _) = await AskAsync("both");
        await client.CloseAsync();
        await cluster.KillOwnerAsync("both");
        Assert.Equal(CallOutcome.LostInFlight, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task Kill_Owner_NewCallsAreMadeOnceTheNextOwnerIsThere()
    {
        var (client, call, uuid) = await AskAsync("next");
        await cluster.KillOwnerAsync("next");
        var another = cluster.Clients.Get(TestService.Type, "next").RequestAsync("another", Patient);
        await client.AnswerAsync(uuid);
        await client.AnswerAsync(await client.ReceiveRequestAsync(), "\"another\"");

        await CompletesAsync(call, uuid, "\"ok\"");
        Assert.Equal("\"another\"", (await another.DefaultTimeout()).Data.ToString());
    }

    private static ContinueRequest Over(CallRequest call, TimeSpan age) =>
        new() { Call = call with { Attempt = 2, Timeout = TimeSpan.Zero }, Age = age, MadeAt = DateTimeOffset.UtcNow - age };

    private async Task<(TestConnection Client, Task<CallResult> Call, string Uuid)> AskAsync(string id, InProcessSiloHandle? caller = null)
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, id);
        var clients = caller?.ServiceProvider.GetRequiredService<ISwpClients>() ?? cluster.Clients;
        var call = clients.Get(TestService.Type, id).RequestAsync("?", Patient);
        return (client, call, await client.ReceiveRequestAsync());
    }

    private static async Task CompletesAsync(Task<CallResult> call, string uuid, string data)
    {
        var result = await call.DefaultTimeout();
        Assert.Equal((CallOutcome.Completed, uuid, data), (result.Outcome, result.Uuid, result.Data.ToString()));
    }
}
