using System.Diagnostics;
using System.Text.Json;
using StackExchange.Redis;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Protocol;
using Swp.Testing.Clients;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

/// <summary>Redis comes back without its data: whoever was a member ends, is started again by its supervisor, and there is one cluster.</summary>
[Collection(SplitCollection.Name)]
public sealed class RedisEmptyTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    private const string Advice = "its supervisor should start it again";

    // On an idle machine ten seconds are enough.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_member_ends_with_a_reason_and_a_restart_heals_the_cluster()
    {
        var clients = await OpenManyAsync(20, Gateway1, Gateway2);
        var silent = await Task.WhenAll(Gateways.Select(async gateway =>
        {
            var id = NewId();
            return (Id: id, Client: await Own(gateway.OpenAsync("caller", id)));
        }));
        var calls = silent.Select(client => Gateway1.Operations.CallAsync("caller", client.Id, timeoutMs: 60_000)).ToArray();
        await Task.WhenAll(silent.Select(client => client.Client.ReceiveFrameAsync()));

        await Redis.RestartEmptyAsync();
        var answering = Stopwatch.GetTimestamp();
        var members = Gateways.Concat(Silos).Select(member => SuperviseAsync(member, answering)).ToArray();

        // It may have been executed; and nobody is told later than the gateway ends.
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("lost_in_flight", answer.Outcome));
        var settled = Stopwatch.GetElapsedTime(answering);
        var closes = await Task.WhenAll(clients.Values.Concat(silent.Select(client => client.Client)).Select(client => client.WaitForCloseAsync()));
        Assert.All(closes, close => Assert.Equal((int)CloseCode.Draining, close.Code));
        var ended = await Task.WhenAll(members);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"After Redis answered: calls settled {settled.TotalSeconds:0.0} s, members ended {ended.Min().TotalSeconds:0.0} to {ended.Max().TotalSeconds:0.0} s, all ready again {Stopwatch.GetElapsedTime(answering).TotalSeconds:0.0} s.");

        await AssertOneClusterAsync(Silos.Concat(Gateways), clients.Keys);
    }

    [Fact]
    public async Task A_member_that_joins_the_empty_redis_and_the_old_ones_end_up_in_one_cluster()
    {
        var clients = await OpenManyAsync(10, Gateway1, Gateway2);
        var third = Own(SwpProcess.Silo("silo3", Redis.ConnectionString, ("Swp:ClusterId", "e2e"), ("Swp:ServiceId", "e2e-service")));

        await Redis.RestartEmptyAsync();
        var answering = Stopwatch.GetTimestamp();
        var members = Gateways.Concat(Silos).Select(member => SuperviseAsync(member, answering)).ToArray();
        await third.StartAsync();
        var ended = await Task.WhenAll(members);
        TestContext.Current.TestOutputHelper?.WriteLine($"The old members ended {ended.Min().TotalSeconds:0.0} to {ended.Max().TotalSeconds:0.0} s after Redis answered.");

        await AssertOneClusterAsync(Silos.Concat(Gateways).Append(third), clients.Keys);

        // The newcomer is one of them: it can take over all clients.
        Assert.All(await Task.WhenAll(Silos.Select(silo => silo.StopAsync())), code => Assert.Equal(0, code));
        await AllAnswerAsync(Gateway2.Operations, clients.Keys, within: TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_member_whose_row_alone_was_lost_ends_and_the_others_go_on()
    {
        var clients = await OpenManyAsync(20, Gateway1, Gateway2);

        // A failover without the last writes, to a member that has just joined.
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        var row = (await redis.GetDatabase().HashGetAllAsync("e2e-service/members/e2e")).Single(row => IsActive(row) && PortOf(row) == Silos[1].Settings["Swp:SiloPort"]);
        await redis.GetDatabase().HashDeleteAsync("e2e-service/members/e2e", row.Name);
        await SuperviseAsync(Silos[1], Stopwatch.GetTimestamp());

        await AllAnswerAsync(Gateway1.Operations, clients.Keys, within: TimeSpan.FromSeconds(15));
        Assert.All(clients.Values, client => Assert.True(client.IsConnected));
        Assert.All(Gateways.Append(Silos[0]), member => Assert.True(member.IsRunning));
        await AssertOneClusterAsync(Silos.Concat(Gateways), []);
    }

    // The reason, and whatever the runtime says of an end among members that end.
    protected override bool IsExpected(string error) =>
        error.Contains(" FTL Swp.Cluster.Membership.", StringComparison.Ordinal) || error.Contains(" ERR Orleans.", StringComparison.Ordinal) || base.IsExpected(error);

    // As a supervisor does: whoever ends is started again, whatever the others do.
    private static async Task<TimeSpan> SuperviseAsync(SwpProcess member, long since)
    {
        var code = await member.Exited.DefaultTimeout(EndLimit);
        var ended = Stopwatch.GetElapsedTime(since);
        Assert.Equal((1, 1), (code, member.StandardError.Count(line => line.Contains(Advice, StringComparison.Ordinal))));
        await member.StartAsync();
        return ended;
    }

    private async Task AssertOneClusterAsync(IEnumerable<SwpProcess> members, IEnumerable<string> ids)
    {
        foreach (var (id, index) in ids.Select((id, index) => (id, index)))
        {
            var client = await Own(ReopenAsync(Gateways[index % Gateways.Count], id));
            client.AutoAnswer($"\"{id}\"");
        }

        await AllAnswerAsync(Gateway1.Operations, ids, within: TimeSpan.FromSeconds(15));
        await AllAnswerAsync(Gateway2.Operations, ids);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis.ConnectionString);
        var rows = await redis.GetDatabase().HashGetAllAsync("e2e-service/members/e2e");
        Assert.Equal(members.Select(member => member.Settings["Swp:SiloPort"]).Order(), rows.Where(IsActive).Select(PortOf).Order());
    }

    // A gateway that was just started may not know an owner yet.
    private static async Task<TestClient> ReopenAsync(SwpProcess gateway, string id)
    {
        TestClient? client = null;
        await Eventually.True(async () =>
        {
            try
            {
                client = await gateway.OpenAsync("caller", id);
                return true;
            }
            catch (HandshakeRefusedException)
            {
                return false;
            }
        });
        return client!;
    }

    private static bool IsActive(HashEntry row) =>
        row.Name != "Version" && JsonDocument.Parse(row.Value.ToString()).RootElement.GetProperty("Status").GetInt32() == 3;

    private static string PortOf(HashEntry row) => row.Name.ToString().Split(':')[1];
}
