using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Moves;

/// <summary>The owner of a connected client is deactivated, migrated or stopped: the socket stays open, and every promise is kept.</summary>
public sealed class MovingOwnerTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromSeconds(20) };

    public enum Move
    {
        Deactivate,
        Migrate,
        StopSilo,
    }

    [Theory]
    [InlineData(Move.Deactivate)]
    [InlineData(Move.Migrate)]
    [InlineData(Move.StopSilo)]
    public async Task Promise_OwnerMovesWhileItIsOpen_IsKept(Move move)
    {
        var id = $"promise-{move}";
        var client = await cluster.OpenAsync(cluster.Gateway1, id);
        var call = cluster.Clients.Get(TestService.Type, id).RequestAsync(1, Patient);
        var uuid = await client.ReceiveRequestAsync();

        var moving = MoveAsync(move, id);
        await client.AnswerAsync(uuid);

        // Long before the call's time is over: the answer does not wait for the move.
        var result = await call.DefaultTimeout();
        Assert.Equal(CallOutcome.Completed, result.Outcome);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(5), $"It took {result.Elapsed}.");
        await moving.DefaultTimeout();

        await AssertCallableAsync(client, id);
    }

    [Theory]
    [InlineData(Move.Deactivate)]
    [InlineData(Move.Migrate)]
    [InlineData(Move.StopSilo)]
    public async Task Queries_OwnerMovesMeanwhile_AnsweredInOrderEachOnce(Move move)
    {
        var id = $"queries-{move}";
        var client = await cluster.OpenAsync(cluster.Gateway2, id);
        var sending = SendQueriesAsync(client, 300);
        var moving = MoveAsync(move, id);
        for (var i = 0; i < 300; i++)
        {
            var answer = await client.ReceiveAsync();
            Assert.NotNull(answer);
            Assert.Equal(i.ToString(), (string?)answer["uuid"]);
        }

        await sending.DefaultTimeout();
        await moving.DefaultTimeout();
        await AssertCallableAsync(client, id);
    }

    [Fact]
    public async Task Heartbeat_OwnerMoves_ClockMovesWithIt()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "clock");
        await client.SendAsync("""{"sessionType":"0000","uuid":"h1","data":"clock"}""");
        await Eventually.True(async () => (await cluster.Clients.Get(TestService.Type, "clock").GetStatusAsync()).LastHeartbeat is not null);

        await MoveAsync(Move.Migrate, "clock").DefaultTimeout();
        await client.SendAsync("""{"sessionType":"0000","uuid":"h2","data":"clock"}""");
        var refused = await client.ReceiveAsync();
        Assert.Equal("h2", (string?)refused!["uuid"]);
        Assert.Equal("heartbeat_too_frequent", (string?)refused["error"]!["code"]);
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(4008, client.CloseCode);
    }

    [Fact]
    public async Task Stop_SiloWithoutTheClient_DisturbsNobody()
    {
        var ids = Enumerable.Range(0, 30).Select(i => $"bystander-{i}").ToArray();
        var clients = new List<TestConnection>();
        foreach (var id in ids)
        {
            clients.Add(await cluster.OpenAsync(cluster.Gateway1, id));
        }

        var victim = await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        await cluster.Cluster.WaitForLivenessToStabilizeAsync().DefaultTimeout();
        var epochs = await EpochsAsync(ids);
        await cluster.Cluster.StopSiloAsync(victim).DefaultTimeout();

        Assert.Equal(epochs, await EpochsAsync(ids));
        for (var i = 0; i < ids.Length; i++)
        {
            await AssertCallableAsync(clients[i], ids[i]);
        }
    }

    [Fact]
    public async Task Stop_Owner_WhoeverCallsMeanwhile_IsAnswered()
    {
        var ids = Enumerable.Range(0, 20).Select(i => $"called-{i}").ToArray();
        foreach (var id in ids)
        {
            var client = await cluster.OpenAsync(cluster.Gateway1, id);
            client.AnswerAllAsync().Ignore();
        }

        await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        var stopping = cluster.Cluster.StopSiloAsync(cluster.OwnerOf(ids[0]));

        // Of connections that are younger than two clocks may differ nobody can say whether a request under way has reached them: such a call is sent again.
        var again = Patient with { Idempotent = true };
        var calls = ids.Select(async id =>
        {
            var results = new List<CallResult>();
            do
            {
                results.Add(await cluster.Clients.Get(TestService.Type, id).RequestAsync(1, again));
            }
            while (!stopping.IsCompleted);
            return results;
        });
        var results = (await Task.WhenAll(calls).DefaultTimeout()).SelectMany(results => results);
        await stopping.DefaultTimeout();
        Assert.All(results, result => Assert.Equal(CallOutcome.Completed, result.Outcome));
    }

    private static async Task SendQueriesAsync(TestConnection client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await client.SendAsync($$"""{"sessionType":"0003","uuid":{{i}},"data":{{i}}}""");
        }
    }

    private async Task<long[]> EpochsAsync(string[] ids)
    {
        var statuses = await Task.WhenAll(ids.Select(id => cluster.Clients.Get(TestService.Type, id).GetStatusAsync())).DefaultTimeout();
        return [.. statuses.Select(status => status.Epoch)];
    }

    private async Task MoveAsync(Move move, string id)
    {
        switch (move)
        {
            case Move.Deactivate:
                await cluster.Cluster.DeactivateAsync(cluster.GrainOf(id));
                break;
            case Move.Migrate:
                // To another owner: placement is random and might choose the same one, which is no move.
                var target = cluster.Owners.First(silo => silo != cluster.OwnerOf(id));
                await cluster.Cluster.MigrateAsync(cluster.GrainOf(id), target.SiloAddress);
                break;
            case Move.StopSilo:
                // One more first, so that the cluster keeps its owners from test to test.
                var owner = cluster.OwnerOf(id);
                await cluster.Cluster.StartAdditionalSiloAsync();
                await cluster.Cluster.StopSiloAsync(owner);
                break;
        }
    }

    private async Task AssertCallableAsync(TestConnection client, string id)
    {
        var call = cluster.Clients.Get(TestService.Type, id).RequestAsync("still there?", Patient);
        await client.AnswerAsync(await client.ReceiveRequestAsync());
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }
}
