using System.Net;
using Swp.Clients;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Operations;

namespace Swp.Gateway.Tests.Api;

public sealed class ConnectedEndpointsTests : IAsyncLifetime
{
    private TestOperations _operations = null!;

    private OperationsApi Api => _operations.Api;

    private TestClients Clients => _operations.Clients;

    public async ValueTask InitializeAsync() => _operations = await TestOperations.StartAsync();

    public ValueTask DisposeAsync() => _operations.DisposeAsync();

    [Fact]
    public async Task List_Page_IsItsRowsAndTheNextCursor()
    {
        var at = new DateTimeOffset(2026, 3, 29, 1, 2, 3, TimeSpan.Zero);
        Clients.Page = () => new ClientPage
        {
            Clients = [new ConnectedClient { Key = new ClientKey("caller", "叫/1"), Gateway = "gateway1", ConnectedAt = at, RemoteAddress = "192.0.2.7" }],
            Next = "abc",
        };
        var page = await Api.GetAsync("/api/v1/clients");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("叫/1", page.Json.GetProperty("clients")[0].GetProperty("id").GetString());
        Assert.StartsWith("{\"clients\":[{\"type\":\"caller\",\"id\":", page.Text, StringComparison.Ordinal);
        Assert.EndsWith(""","gateway":"gateway1","connectedAt":"2026-03-29T01:02:03+00:00","remoteAddress":"192.0.2.7"}],"next":"abc"}""", page.Text, StringComparison.Ordinal);

        Clients.Page = () => new ClientPage { Clients = [], Failed = 2 };
        Assert.Equal("""{"clients":[],"next":null,"failed":2}""", (await Api.GetAsync("/api/v1/clients")).Text);
    }

    [Fact]
    public async Task List_Query_ReachesTheListing()
    {
        foreach (var query in (string[])["", "?type=&cursor=&limit=", "?type=his&cursor=a_b-c&limit=1", "?limit=1000", "?more=1"])
        {
            Assert.Equal(HttpStatusCode.OK, (await Api.GetAsync("/api/v1/clients" + query)).Status);
        }

        Assert.Equal([(null, null, 100), (null, null, 100), ("his", "a_b-c", 1), (null, null, 1000), (null, null, 100)], Clients.Pages);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1001")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("99999999999999999999")]
    [InlineData("1&limit=2")]
    public async Task List_LimitOutOfRange_Is400(string limit)
    {
        AssertProblem(await Api.GetAsync($"/api/v1/clients?limit={limit}"), HttpStatusCode.BadRequest, "urn:swp:bad-request", "limit is 1 to 1000.");
        Assert.Empty(Clients.Pages);
    }

    [Fact]
    public async Task List_BadCursor_Is400()
    {
        Clients.Page = () => throw new ArgumentException("no", "cursor");
        AssertProblem(await Api.GetAsync("/api/v1/clients?cursor=x"), HttpStatusCode.BadRequest, "urn:swp:bad-request", "cursor is the next of an earlier page of the same listing.");
    }

    [Fact]
    public async Task UnknownType_Is404()
    {
        foreach (var answer in (ApiAnswer[])[await Api.ListAsync("Caller"), await Api.BroadcastAsync("Caller")])
        {
            AssertProblem(answer, HttpStatusCode.NotFound, "urn:swp:outcome:unknown_type", "There is no such client type.");
        }

        Assert.Empty(Clients.Pages);
        Assert.Empty(Clients.Broadcasts);
        Clients.Page = () => new ClientPage { Clients = [], TypeIsKnown = false };
        Clients.Broadcast = new BroadcastResult { Outcome = CallOutcome.UnknownType };
        Assert.Equal("unknown_type", (await Api.ListAsync("nosuch")).Outcome);
        Assert.Equal("unknown_type", (await Api.BroadcastAsync("nosuch")).Outcome);
    }

    [Fact]
    public async Task NoCluster_Is503()
    {
        Clients.Fault = new SwpUnavailableException("nobody there");
        foreach (var answer in (ApiAnswer[])[await Api.ListAsync(), await Api.GetAsync("/api/v1/types")])
        {
            AssertProblem(answer, HttpStatusCode.ServiceUnavailable, "urn:swp:outcome:cluster_unavailable", "nobody there");
            Assert.Equal("true", answer["retryable"]);
        }
    }

    [Fact]
    public async Task Types_AreTheirLimitsAndCounts()
    {
        var type = TestGateway.Caller with { MaxPendingRequests = 300, MaxConcurrentQueries = 1, MaxQueuedQueries = 256, QueryTimeout = TimeSpan.FromMinutes(1), MessagesPerSecond = 5, MessageBurst = 6, BytesPerSecond = 7, ByteBurst = 8, OverLimitTimeout = TimeSpan.FromSeconds(9) };
        Clients.Types = () => new ClientTypeList([new ClientTypeStatus(type, 7), new ClientTypeStatus(type with { Name = "his", RawJson = true, IdleTimeout = TimeSpan.Zero }, 0)], Failed: 1);

        var answer = await Api.GetAsync("/api/v1/types");

        Assert.Equal(("1", 2), (answer["failed"], answer.Json.GetProperty("types").GetArrayLength()));
        var (caller, his) = (answer.Json.GetProperty("types")[0], answer.Json.GetProperty("types")[1]);
        Assert.Equal(("caller", "叫号", 7, "string"), (caller.GetProperty("name").GetString(), caller.GetProperty("displayName").GetString(), caller.GetProperty("connected").GetInt32(), caller.GetProperty("payloadStyle").GetString()));
        Assert.Equal("json", his.GetProperty("payloadStyle").GetString());
        Assert.Equal(
            """{"maxMessageBytes":65536,"openTimeoutMs":10000,"minHeartbeatIntervalMs":45000,"idleTimeoutMs":120000,"maxPendingRequests":300,"maxConcurrentQueries":1,"maxQueuedQueries":256,"queryTimeoutMs":60000,"outboundBufferBytes":1048576,"messagesPerSecond":5,"messageBurst":6,"bytesPerSecond":7,"byteBurst":8,"overLimitTimeoutMs":9000}""",
            caller.GetProperty("limits").GetRawText());
        Assert.Equal(0, his.GetProperty("limits").GetProperty("idleTimeoutMs").GetInt32());
    }

    [Fact]
    public async Task Broadcast_Completed_SaysHowFarItCame()
    {
        Assert.Equal("""{"gateways":2,"clients":3}""", (await Api.BroadcastAsync("caller", "{ \"n\" : 1 }")).Text);
        Clients.Broadcast = Clients.Broadcast with { Failed = 1 };
        Assert.Equal("""{"gateways":2,"clients":3,"failed":1}""", (await Api.PostAsync("/api/v1/types/his/messages", "{}")).Text);
        Assert.Equal([("caller", "{ \"n\" : 1 }"), ("his", "")], Clients.Broadcasts);
    }

    [Theory]
    [InlineData(CallOutcome.PayloadTooLarge, 413)]
    [InlineData(CallOutcome.TooManyPending, 429)]
    [InlineData(CallOutcome.NotSent, 503)]
    [InlineData(CallOutcome.ClusterUnavailable, 503)]
    [InlineData(CallOutcome.LostInFlight, 502)]
    public async Task Broadcast_ThatDidNotComplete_IsAProblemWithItsStatus(CallOutcome outcome, int status)
    {
        Clients.Broadcast = new BroadcastResult { Outcome = outcome, Message = "why" };
        AssertProblem(await Api.BroadcastAsync("caller"), (HttpStatusCode)status, $"urn:swp:outcome:{outcome.ToWireName()}", "why");
    }

    [Theory]
    [InlineData("", "The body is no valid broadcast.")]
    [InlineData("null", "The body is no valid broadcast.")]
    [InlineData("[]", "The body is no valid broadcast.")]
    [InlineData("{\"data\":1} 2", "The body is no valid broadcast.")]
    public async Task Broadcast_BadBody_Is400AndNobodyIsTold(string body, string detail)
    {
        AssertProblem(await Api.PostAsync("/api/v1/types/caller/messages", body), HttpStatusCode.BadRequest, "urn:swp:bad-request", detail);
        Assert.Empty(Clients.Broadcasts);
    }

    private static void AssertProblem(ApiAnswer answer, HttpStatusCode status, string type, string detail)
    {
        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal((type, detail, $"{(int)status}"), (answer["type"], answer["detail"], answer["status"]));
    }
}
