using System.Text.Json.Nodes;
using Orleans.TestingHost;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Calls;

/// <summary>Two devices fight over one id.</summary>
public sealed class FightTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private const int Free = 3;

    [Fact]
    public async Task Open_TakesOverAgainAndAgain_IsRefusedForAWhileAndTheConnectionStays()
    {
        var (live, refused, refusal) = await FightAsync("torn");

        Assert.Equal(("rate_limited", true), ((string?)refusal["error"]!["code"], (bool)refusal["error"]!["retryable"]!));
        Assert.InRange((int)refusal["error"]!["retryAfterMs"]!, 1, 60_000);
        await refused.ClosedAsync(4005);

        var call = cluster.Clients.Get(TestService.Type, "torn").RequestAsync(1);
        await live.AnswerAsync(await live.ReceiveRequestAsync());
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);

        // When its time has come, the newcomer wins.
        await Eventually.True(async () => (string?)(await AskAsync(cluster.Gateway2, "torn")).Answer["code"] == "0");
        await live.ClosedAsync(4502);
    }

    [Fact]
    public async Task Open_TheOtherHasLeft_IsNeverRefused()
    {
        var (live, _, _) = await FightAsync("left-alone");
        await live.CloseAsync();
        await Eventually.True(async () => !(await cluster.Clients.Get(TestService.Type, "left-alone").GetStatusAsync()).Connected);

        var next = await cluster.OpenAsync(cluster.Gateway1, "left-alone");
        await next.CloseAsync();
        await Eventually.True(async () => !(await cluster.Clients.Get(TestService.Type, "left-alone").GetStatusAsync()).Connected);
        await cluster.OpenAsync(cluster.Gateway2, "left-alone");
    }

    /// <summary>Opens again and again until one is refused.</summary>
    private async Task<(TestConnection Live, TestConnection Refused, JsonNode Refusal)> FightAsync(string id)
    {
        var live = await cluster.OpenAsync(cluster.Gateway1, id);
        for (var takeovers = 0; ; takeovers++)
        {
            var (next, answer) = await AskAsync(cluster.Gateway1, id);
            if ((string?)answer["code"] == "-1")
            {
                Assert.True(takeovers >= Free, $"Refused after {takeovers} takeovers.");
                return (live, next, answer);
            }

            await live.ClosedAsync(4502);
            live = next;
        }
    }

    private static async Task<(TestConnection Connection, JsonNode Answer)> AskAsync(InProcessSiloHandle gateway, string id)
    {
        var connection = new TestConnection(gateway.ServiceProvider);
        return (connection, await connection.AskToOpenAsync(id));
    }
}
