using System.Net;
using System.Text.Json;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Operations;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class OverviewTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task Overview_IsOfAllMembersAtAnyGateway()
    {
        await StateAsync(Gateway1.Operations, "gateway1 ready, gateway2 ready, silo1 ready, silo2 ready");

        // Those of the test before have left.
        await Eventually.True(async () => (await OverviewAsync(Gateway1.Operations)).GetProperty("connected").GetInt32() == 0);
        var before = await OverviewAsync(Gateway1.Operations);
        var clients = await OpenManyAsync(20, Gateway1, Gateway2);
        await AllAnswerAsync(Gateway2.Operations, clients.Keys);

        foreach (var gateway in Gateways)
        {
            // What was gathered is told for a second.
            await Eventually.True(async () => Completed(await OverviewAsync(gateway.Operations)) == Completed(before) + 20);
            var after = await OverviewAsync(gateway.Operations);
            Assert.Equal(20, after.GetProperty("connected").GetInt32() - before.GetProperty("connected").GetInt32());
            foreach (var name in (string[])["gateway1", "gateway2"])
            {
                Assert.Equal(10, Number(after, name, "connected") - Number(before, name, "connected"));
                Assert.Equal(10, Number(after, name, "connects") - Number(before, name, "connects"));
            }

            Assert.Equal(after.GetProperty("connected").GetInt32(), Number(after, "silo1", "clients") + Number(after, "silo2", "clients"));
        }
    }

    [Fact]
    public async Task Stream_AMemberHangs_IsSilentWithinSecondsAndReadyWhenItGoesOn()
    {
        await StateAsync(Gateway1.Operations, "gateway1 ready, gateway2 ready, silo1 ready, silo2 ready");
        using var http = new HttpClient(Gateway1.Operations.NewHandler()) { BaseAddress = Gateway1.Operations.Address };
        using var stream = new StreamReader(await http.GetStreamAsync("/api/v1/overview/stream", TestContext.Current.CancellationToken));
        Gateway2.Suspend();
        try
        {
            await ShownAsync(stream, "gateway2 silent");
        }
        finally
        {
            Gateway2.Resume();
        }

        await ShownAsync(stream, "gateway2 ready");
    }

    [Fact]
    public async Task Overview_AGatewayIsKilled_IsSilentThenGone()
    {
        await StateAsync(Gateway1.Operations, "gateway1 ready, gateway2 ready, silo1 ready, silo2 ready");
        await Gateway2.KillAsync();
        await StateAsync(Gateway1.Operations, "gateway1 ready, gateway2 silent, silo1 ready, silo2 ready");
        await StateAsync(Gateway1.Operations, "gateway1 ready, silo1 ready, silo2 ready");
    }

    [Fact]
    public async Task Events_OfAClientThatMovedBetweenGateways_AreToldByAnyGateway()
    {
        var id = NewId();
        await Own(Gateway1.OpenAsync("caller", id));
        var second = await Own(Gateway2.OpenAsync("caller", id));
        second.AutoAnswer();
        Assert.Equal("completed", (await Gateway1.Operations.CallAsync("caller", id)).Outcome);
        Assert.Equal(HttpStatusCode.NoContent, (await Gateway2.Operations.DisconnectAsync("caller", id)).Status);
        Assert.Equal("not_connected", (await Gateway1.Operations.CallAsync("caller", id)).Outcome);

        var answer = await Gateway1.Operations.GetAsync($"/api/v1/clients/caller/{id}/events");

        Assert.Equal(
            ["request not_connected", "disconnected", "closed 4506 gateway2", "request completed", "connected gateway2", "superseded 4502 gateway1", "connected gateway1"],
            answer.Json.GetProperty("events").EnumerateArray().Select(Words));
    }

    [Fact]
    public async Task Refusals_AreThoseOfAllGateways()
    {
        var refused = await Own(Gateway2.ConnectAsync("nosuchtype"));
        Assert.Equal(4500, (await refused.WaitForCloseAsync()).Code);

        var refusals = (await Gateway1.Operations.GetAsync("/api/v1/refusals")).Json.GetProperty("refusals").EnumerateArray();

        Assert.Contains(refusals, line => line.GetProperty("reason").GetString() == "unknown_client_type" && line.GetProperty("gateway").GetString() == "gateway2" && line.GetProperty("address").GetString() == "127.0.0.1");
    }

    private static string Words(JsonElement happened) =>
        string.Join(' ', ((string[])["kind", "outcome", "closeCode", "gateway"]).Select(name => happened.GetProperty(name)).Where(value => value.ValueKind != JsonValueKind.Null));

    private static long Completed(JsonElement overview) => overview.GetProperty("nodes").EnumerateArray()
        .Sum(node => node.GetProperty("calls").TryGetProperty("completed", out var calls) ? calls.GetInt64() : 0);

    private static int Number(JsonElement overview, string node, string member) => overview.GetProperty("nodes").EnumerateArray()
        .Single(candidate => candidate.GetProperty("name").GetString() == node).GetProperty(member).GetInt32();

    private static string States(JsonElement overview) =>
        string.Join(", ", overview.GetProperty("nodes").EnumerateArray().Select(node => $"{node.GetProperty("name").GetString()} {node.GetProperty("state").GetString()}"));

    private static async Task<JsonElement> OverviewAsync(OperationsApi api) => (await api.GetAsync("/api/v1/overview")).Json;

    private static Task StateAsync(OperationsApi api, string states) => Eventually.True(async () => States((await api.GetAsync("/api/v1/overview")).Json) == states, states);

    private static async Task ShownAsync(StreamReader stream, string state)
    {
        while (await stream.ReadLineAsync().DefaultTimeout() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && States(JsonDocument.Parse(line["data: ".Length..]).RootElement).Contains(state, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before {state}.");
    }
}
