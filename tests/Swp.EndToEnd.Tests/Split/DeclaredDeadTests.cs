using System.Text.Json;
using StackExchange.Redis;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class DeclaredDeadTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task A_member_that_hung_until_it_was_declared_dead_ends_with_code_1_and_says_why()
    {
        var clients = await OpenManyAsync(10, Gateway1, Gateway2);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        var port = Silos[1].Settings["Swp:SiloPort"];

        Silos[1].Suspend();
        await Eventually.True(async () => (await redis.GetDatabase().HashGetAllAsync("e2e-service/members/e2e"))
            .Where(row => row.Name.ToString().Split(':') is [_, var rowPort, _] && rowPort == port)
            .All(row => JsonDocument.Parse(row.Value.ToString()).RootElement.GetProperty("Status").GetInt32() == 6));
        Silos[1].Resume();

        Assert.Equal(1, await Silos[1].Exited.DefaultTimeout(TimeSpan.FromSeconds(10)));
        Assert.Contains("its supervisor should start it again", Assert.Single(Silos[1].StandardError), StringComparison.Ordinal);
        await AllAnswerAsync(Gateway1.Operations, clients.Keys, within: TimeSpan.FromSeconds(15));
        Assert.All(clients.Values, client => Assert.True(client.IsConnected));
    }

    protected override bool IsExpected(string error) => base.IsExpected(error) || error.Contains(" FTL Swp.Cluster.Membership.", StringComparison.Ordinal);
}
