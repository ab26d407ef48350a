using System.Net;
using Swp.Clients;
using Swp.Gateway.Keys;
using Swp.Gateway.Overview;
using Swp.Gateway.Tests.Kit;
using Swp.Overview;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Operations;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Overview;

public sealed class OverviewEndpointsTests : IAsyncLifetime
{
    private static readonly string Read = KeygenCommand.NewKey();
    private static readonly string Call = KeygenCommand.NewKey();
    private static readonly string Callers = KeygenCommand.NewKey();

    private TestOperations _operations = null!;

    private OperationsApi Api => _operations.Api;

    public async ValueTask InitializeAsync()
    {
        _operations = await TestOperations.StartAsync(
            [.. TestOperations.Key("monitor", Read, "read"), .. TestOperations.Key("backend", Call, "call"), .. TestOperations.Key("callers", Callers, "read", "caller")]);
        _operations.Owners[Members.Owner1].ClientTypes = () => Task.FromResult<ClientTypeDescription[]>([TestGateway.Caller]);
        await _operations.GetReadyAsync();
        Api.Key = Read;
    }

    public ValueTask DisposeAsync() => _operations.DisposeAsync();

    [Fact]
    public async Task Stream_IsFramesUntilTheGatewayStops()
    {
        using var stream = await WatchAsync();
        var first = await NextAsync(stream);
        Assert.StartsWith("event: overview\ndata: {\"at\":\"2026-03-29T", first, StringComparison.Ordinal);
        await AdvanceUntilAsync(NextAsync(stream));

        // Not awaited: the gateway waits for its requests, and this is one.
        var stopping = _operations.StopAsync();
        Assert.Equal("event: end\ndata: {}", await NextAsync(stream));
        Assert.Equal("", await stream.ReadToEndAsync().DefaultTimeout());
        await stopping.DefaultTimeout();
    }

    [Fact]
    public async Task Stream_TheWatcherLeaves_IsForgotten()
    {
        var stream = await WatchAsync();
        await NextAsync(stream);
        Assert.Equal(1, _operations.Feed.Watchers);
        stream.Dispose();
        await Eventually.True(() => _operations.Feed.Watchers == 0);
    }

    [Fact]
    public async Task Stream_TheKeysChange_Ends()
    {
        using var stream = await WatchAsync();
        await NextAsync(stream);
        _operations.Change(TestOperations.Key("monitor", KeygenCommand.NewKey(), "read"));
        var rest = stream.ReadToEndAsync();
        await AdvanceUntilAsync(rest);
        Assert.EndsWith("event: end\ndata: {}\n\n", await rest, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.GetAsync("/api/v1/overview")).Status);
    }

    [Fact]
    public async Task Everything_NeedsTheScopeRead_AndWhatIsOfAllTypesAKeyOfAllTypes()
    {
        foreach (var path in (string[])["/api/v1/overview", "/api/v1/overview/stream", "/api/v1/refusals", "/api/v1/clients/caller/9/events"])
        {
            Api.Key = null;
            Assert.Equal(HttpStatusCode.Unauthorized, (await Api.GetAsync(path)).Status);
            Api.Key = Call;
            Assert.Equal(HttpStatusCode.Forbidden, (await Api.GetAsync(path)).Status);
        }

        Api.Key = Callers;
        Assert.Equal(HttpStatusCode.Forbidden, (await Api.GetAsync("/api/v1/overview")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Api.GetAsync("/api/v1/refusals")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Api.GetAsync("/api/v1/clients/his/9/events")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Api.GetAsync("/api/v1/clients/caller/9/events")).Status);
    }

    [Fact]
    public async Task RefusedCallsOfTheApi_AreInTheBookWithTheirAddressAndWithoutTheirKey()
    {
        Api.Key = "swp_" + new string('x', 50);
        await Api.GetAsync("/api/v1/types");
        await Api.GetAsync("/api/v1/types");
        Api.Key = Call;
        await Api.BanAsync("caller", "9");

        Assert.Equal(
            [("scope missing", "127.0.0.1", 1), ("unknown key", "127.0.0.1", 2)],
            _operations.Refusals.Read().Select(line => (line.Reason, line.Address!, line.Count)).Order());
    }

    [Fact]
    public async Task Refusals_AreThoseOfAllGatewaysTheNewestFirst()
    {
        var (early, late) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));
        _operations.Gateways[Members.Gateway].Refusals =
        [
            new Refusal(RefusalKind.Handshake, "not_ready", null, "192.0.2.1", 2, early, early),
            new Refusal(RefusalKind.Open, "banned", "caller", null, 7, early, late),
        ];
        _operations.Membership.Names[Members.Gateway] = "gateway1";

        Assert.Equal(
            """{"refusals":[{"kind":"open","reason":"banned","type":"caller","address":null,"count":7,"firstAt":"1970-01-01T00:00:00+00:00","lastAt":"1970-01-01T01:00:00+00:00","gateway":"gateway1"},{"kind":"handshake","reason":"not_ready","type":null,"address":"192.0.2.1","count":2,"firstAt":"1970-01-01T00:00:00+00:00","lastAt":"1970-01-01T00:00:00+00:00","gateway":"gateway1"}],"failed":0}""",
            (await Api.GetAsync("/api/v1/refusals")).Text.Replace("\\u002B", "+", StringComparison.Ordinal));

        _operations.Gateways[Members.Gateway].IsDead = true;
        Assert.Equal("""{"refusals":[],"failed":1}""", (await Api.GetAsync("/api/v1/refusals")).Text);
    }

    [Fact]
    public async Task Events_AreThoseOfAllOwnersTheNewestFirst()
    {
        var at = DateTimeOffset.UnixEpoch;
        (ClientKey, int)? asked = null;
        _operations.Manifests.Publish(Members.Owner1, Members.Owner2);
        _operations.Membership.Names[Members.Owner2] = "silo2";
        _operations.Owners[Members.Owner1].History = (client, limit) =>
        {
            asked = (client, limit);
            return Task.FromResult(new ClientHistory([new ClientEvent { At = at, Kind = ClientEventKind.Request, Outcome = CallOutcome.LostInFlight, Elapsed = TimeSpan.FromMilliseconds(3) }], at.AddSeconds(-9)));
        };
        _operations.Owners[Members.Owner2].History = (_, _) =>
            Task.FromResult(new ClientHistory([new ClientEvent { At = at.AddSeconds(1), Kind = ClientEventKind.Closed, CloseCode = CloseCode.Draining, Gateway = "gateway1" }], at.AddSeconds(-5)));

        var answer = await Api.GetAsync("/api/v1/clients/caller/%E5%8F%AB%2F1/events?limit=7");

        Assert.Equal((new ClientKey("caller", "叫/1"), 7), asked);
        var events = answer.Json.GetProperty("events").EnumerateArray().ToArray();
        Assert.Equal(["closed 4003 gateway1 silo2", "request lost_in_flight 3"], events.Select(happened => happened.GetProperty("kind").GetString() switch
        {
            "closed" => $"closed {happened.GetProperty("closeCode")} {happened.GetProperty("gateway")} {happened.GetProperty("owner")}",
            var kind => $"{kind} {happened.GetProperty("outcome")} {happened.GetProperty("elapsedMs")}",
        }));
        Assert.Equal(at.AddSeconds(-5), answer.Json.GetProperty("completeSince").GetDateTimeOffset());

        _operations.Owners[Members.Owner2].History = (_, _) => throw new IOException("dead");
        Assert.Equal("1", (await Api.GetAsync("/api/v1/clients/caller/9/events"))["failed"]);
        _operations.Owners[Members.Owner1].History = (_, _) => throw new IOException("dead");
        Assert.Equal("cluster_unavailable", (await Api.GetAsync("/api/v1/clients/caller/9/events")).Outcome);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("all")]
    public async Task Events_LimitOutOfRange_Is400(string limit)
    {
        var answer = await Api.GetAsync($"/api/v1/clients/caller/9/events?limit={limit}");
        Assert.Equal((HttpStatusCode.BadRequest, "limit is 1 to 200."), (answer.Status, answer["detail"]));
    }

    private async Task<StreamReader> WatchAsync()
    {
        var http = new HttpClient { BaseAddress = Api.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", Read);
        var answer = await http.GetAsync("/api/v1/overview/stream", HttpCompletionOption.ResponseHeadersRead).DefaultTimeout();
        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    private static async Task<string> NextAsync(StreamReader stream)
    {
        var lines = new List<string>();
        while (await stream.ReadLineAsync().DefaultTimeout() is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    private Task AdvanceUntilAsync(Task happens) => Eventually.True(() =>
    {
        _operations.Time.Advance(TimeSpan.FromMilliseconds(100));
        return happens.IsCompleted;
    });
}
