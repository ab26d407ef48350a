using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Operations;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

/// <summary>Who is connected, over two gateways, and what all of them are told.</summary>
[Collection(SplitCollection.Name)]
public sealed class ConnectedClientsTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task Who_stays_connected_is_listed_exactly_once_while_others_come_and_go()
    {
        var staying = await OpenManyAsync(150, Gateway1, Gateway2);
        using var done = new CancellationTokenSource();
        var turns = 0;
        var roaming = Enumerable.Range(0, 50).Select(async number =>
        {
            while (!done.IsCancellationRequested)
            {
                await using var client = await Gateways[(number + turns) % 2].OpenAsync("caller", NewId());
                await client.CloseAsync();
                Interlocked.Increment(ref turns);
            }
        }).ToArray();

        await Eventually.True(() => turns >= roaming.Length);
        var before = turns;
        var listed = await ReadAsync(Gateway1.Operations, limit: 1);
        var meanwhile = turns - before;
        await done.CancelAsync();
        await Task.WhenAll(roaming);

        TestContext.Current.TestOutputHelper?.WriteLine($"{listed.Count} rows, {meanwhile} others came and went.");
        Assert.True(meanwhile > 10, $"Only {meanwhile} others came and went.");
        Assert.All(staying.Keys, id => Assert.Equal(1, listed.Count(row => row.Id == id)));
        Assert.Equal(["gateway1", "gateway2"], listed.Where(row => staying.ContainsKey(row.Id)).Select(row => row.Gateway).Distinct().Order());
    }

    [Fact]
    public async Task A_message_for_all_reaches_each_client_on_both_gateways_once()
    {
        var clients = await OpenManyAsync(40, Gateway1, Gateway2);
        var hospital = await Own(Gateway1.OpenAsync("his", NewId()));
        await CountedAsync(clients.Count);

        var answer = await Gateway2.Operations.BroadcastAsync("caller", """{"text":"打烊"}""");
        Assert.Equal((HttpStatusCode.OK, """{"gateways":2,"clients":40}"""), (answer.Status, answer.Text));

        // Behind it comes a request of each: whoever had got it twice would have it by then.
        await AllAnswerAsync(Gateway1.Operations, clients.Keys);
        Assert.All(clients.Values, client => Assert.Equal(["{\"text\":\"打烊\"}", "?"], client.Answered.Select(request => request.Data)));
        Assert.Single(clients.Values.Select(client => client.Answered.First().Uuid).Distinct());
        Assert.StartsWith("{\"result\":", (await hospital.QueryAsync("""{"busiType":"feeItem"}""")).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_gateway_breaks_neither_a_listing_nor_a_message_for_all()
    {
        var here = await OpenManyAsync(10, Gateway1);
        var there = await OpenManyAsync(10, Gateway2);
        await CountedAsync(20);
        var first = await Gateway1.Operations.ListAsync("caller", limit: 1);

        await Gateway2.KillAsync();
        var rest = await ReadAsync(Gateway1.Operations, limit: 1, first["next"]);
        var told = await Gateway1.Operations.BroadcastAsync("caller");

        var listed = (List<(string Id, string Gateway)>)[.. Rows(first), .. rest];
        Assert.All(here.Keys, id => Assert.Single(listed, row => row.Id == id));
        Assert.All(there.Keys, id => Assert.InRange(listed.Count(row => row.Id == id), 0, 1));
        Assert.Equal((HttpStatusCode.OK, "1", "10"), (told.Status, told["gateways"], told["clients"]));

        // Once the membership knows, nobody is asked in vain.
        await Eventually.True(async () => (await Gateway1.Operations.GetAsync("/api/v1/types")) is var types && types["failed"] is null && Connected(types) == 10);
        Assert.Equal("""{"gateways":1,"clients":10}""", (await Gateway1.Operations.BroadcastAsync("caller")).Text);
        Assert.Equal(here.Keys.Order(), (await ReadAsync(Gateway1.Operations, limit: 1000)).Select(row => row.Id).Order());
    }

    [Fact]
    public async Task A_client_that_is_taken_over_by_the_other_gateway_is_one_client()
    {
        var id = NewId();
        var old = await Own(Gateway1.OpenAsync("caller", id));
        var newer = await Own(Gateway2.OpenAsync("caller", id));
        Assert.Equal(new TestClose(4502, "superseded"), await old.WaitForCloseAsync());
        newer.AutoAnswer();
        await CountedAsync(1);

        Assert.Equal(("gateway2", id), Assert.Single(await ReadAsync(Gateway2.Operations, limit: 10)) is var row ? (row.Gateway, row.Id) : default);
        Assert.Equal("""{"gateways":2,"clients":1}""", (await Gateway1.Operations.BroadcastAsync("caller")).Text);
        await Eventually.True(() => newer.Answered.Count == 1);
    }

    private static async Task<List<(string Id, string Gateway)>> ReadAsync(OperationsApi api, int limit, string? cursor = null)
    {
        var rows = new List<(string, string)>();
        do
        {
            var page = await api.ListAsync("caller", cursor, limit);
            Assert.True(page.Status == HttpStatusCode.OK, $"{page}");
            rows.AddRange(Rows(page));
            cursor = page["next"];
        }
        while (cursor is not null);
        return rows;
    }

    private static IEnumerable<(string Id, string Gateway)> Rows(ApiAnswer page) =>
        page.Json.GetProperty("clients").EnumerateArray().Select(row => (row.GetProperty("id").GetString()!, row.GetProperty("gateway").GetString()!));

    private static int Connected(ApiAnswer types) => types.Json.GetProperty("types").EnumerateArray()
        .Single(type => type.GetProperty("name").GetString() == "caller").GetProperty("connected").GetInt32();

    // Those of the test before are gone, and both gateways know each other.
    private Task CountedAsync(int count) => Eventually.True(async () =>
    {
        foreach (var gateway in Gateways)
        {
            if ((await gateway.Operations.GetAsync("/api/v1/types")) is not { Status: HttpStatusCode.OK } types || types["failed"] is not null || Connected(types) != count)
            {
                return false;
            }
        }

        return true;
    });
}
