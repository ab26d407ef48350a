using System.Text;
using Swp.Clients;
using Swp.Gateway.Api;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Api;

public sealed class ClientEndpointsTests : IAsyncDisposable
{
    private const string Client = "/api/v1/clients/{type}/{id}";

    private readonly TestApi _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    // ---- Outcomes: the protocol's table -----------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(CallOutcome.NotConnected, 404, "not_connected", true, true, "Not Found")]
    [InlineData(CallOutcome.UnknownClient, 404, "unknown_client", false, false, "Not Found")]
    [InlineData(CallOutcome.UnknownType, 404, "unknown_type", false, false, "Not Found")]
    [InlineData(CallOutcome.TooManyPending, 429, "too_many_pending", true, true, "Too Many Requests")]
    [InlineData(CallOutcome.PayloadTooLarge, 413, "payload_too_large", false, false, "Payload Too Large")]
    [InlineData(CallOutcome.NotSent, 503, "not_sent", true, true, "Service Unavailable")]
    [InlineData(CallOutcome.LostInFlight, 502, "lost_in_flight", false, true, "Bad Gateway")]
    [InlineData(CallOutcome.TimedOut, 504, "timed_out", false, true, "Gateway Timeout")]
    [InlineData(CallOutcome.Cancelled, 499, "cancelled", false, false, "Client Closed Request")]
    [InlineData(CallOutcome.Banned, 403, "banned", false, false, "Forbidden")]
    [InlineData(CallOutcome.ClusterUnavailable, 503, "cluster_unavailable", true, true, "Service Unavailable")]
    public async Task Requests_ThatDidNotComplete_AreProblemsWithTheirStatus(CallOutcome outcome, int status, string name, bool retryable, bool retryableIfIdempotent, string title)
    {
        _api.Clients.Result = new CallResult { Outcome = outcome, Message = "why", Elapsed = TimeSpan.FromMilliseconds(12.34) };
        foreach (var (idempotent, expected) in ((bool, bool)[])[(false, retryable), (true, retryableIfIdempotent)])
        {
            var response = await RequestAsync($$"""{"idempotent":{{(idempotent ? "true" : "false")}}}""");
            Assert.Equal((status, "application/problem+json"), (response.Status, response.ContentType));
            Assert.Equal(
                $$"""{"type":"urn:swp:outcome:{{name}}","title":"{{title}}","status":{{status}},"detail":"why","outcome":"{{name}}","retryable":{{(expected ? "true" : "false")}},"elapsedMs":12.3}""",
                response.Body);
        }
    }

    [Fact]
    public void EveryOutcome_HasAStatus() =>
        Assert.All(Enum.GetValues<CallOutcome>(), outcome => Assert.InRange(ApiProblem.StatusOf(outcome), 200, 504));

    [Fact]
    public async Task Requests_NotConnected_CarriesWhenItWasLastSeenAndTheUuid()
    {
        _api.Clients.Result = new CallResult
        {
            Outcome = CallOutcome.NotConnected,
            LastSeen = new DateTimeOffset(2026, 3, 29, 2, 0, 0, 500, TimeSpan.FromHours(2)),
            Uuid = "u",
        };
        Assert.Contains("\"lastSeen\":\"2026-03-29T00:00:00.5000000Z\",\"uuid\":\"u\"", (await RequestAsync("{}")).Body, StringComparison.Ordinal);
    }

    // ---- Calls ------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Requests_Completed_IsTheAnswerWithItsDataByteForByte()
    {
        _api.Clients.Result = new CallResult
        {
            Outcome = CallOutcome.Completed,
            Code = "0",
            Data = JsonPayload.FromValidated("{ \"叫\":1e400, \"x\":\"\\ud800\"}"u8.ToArray()),
            Uuid = "u-1",
            Elapsed = TimeSpan.FromMilliseconds(3.14),
        };
        Assert.Equal(
            (200, "application/json; charset=utf-8", """{"outcome":"completed","code":"0","msg":null,"data":{ "叫":1e400, "x":"\ud800"},"uuid":"u-1","elapsedMs":3.1}"""),
            await RequestAsync("{}"));
    }

    [Fact]
    public async Task Requests_AClientsOwnFailure_IsStill200()
    {
        _api.Clients.Result = new CallResult { Outcome = CallOutcome.Completed, Code = "SWP_7", Message = "缺纸 <&>", Uuid = "u" };
        Assert.Equal(
            (200, """{"outcome":"completed","code":"SWP_7","msg":"缺纸 <&>","data":null,"uuid":"u","elapsedMs":0}"""),
            (await RequestAsync("{}")) is var response ? (response.Status, response.Body) : default);
    }

    [Fact]
    public async Task Requests_DefaultsAndOptions_ReachTheCall()
    {
        await RequestAsync("""{"data": [1, 2.0 ,"\u53eb"] }""");
        await RequestAsync("""{"timeoutMs":300000,"waitForConnectMs":1,"idempotent":true,"more":{}}""", "a%2Fb");
        Assert.Equal(
            [
                ("request", "caller/999", """[1, 2.0 ,"\u53eb"]""", new CallOptions()),
                ("request", "caller/a/b", "", new CallOptions { Timeout = TimeSpan.FromMinutes(5), WaitForConnect = TimeSpan.FromMilliseconds(1), Idempotent = true }),
            ],
            _api.Clients.Calls.Select(call => (call.Kind, call.Key.ToString(), call.Data.ToString(), call.Options!)));
    }

    [Fact]
    public async Task Messages_Completed_Is202()
    {
        var response = await _api.SendAsync("POST", "/api/v1/clients/his/9/messages", Client + "/messages", "{\"data\":\"x\"}"u8.ToArray());
        Assert.Equal((202, ""), (response.Status, response.Body));
        Assert.Equal([("message", "his/9", "\"x\"")], _api.Clients.Calls.Select(call => (call.Kind, call.Key.ToString(), call.Data.ToString())));
    }

    [Theory]
    [InlineData("", "The body is no valid call.")]
    [InlineData("null", "The body is no valid call.")]
    [InlineData("[]", "The body is no valid call.")]
    [InlineData("{", "The body is no valid call.")]
    [InlineData("{\"timeoutMs\":\"x\"}", "The body is no valid call: see $.timeoutMs.")]
    [InlineData("{\"timeoutMs\":0}", "timeoutMs is 1 to 300000, waitForConnectMs 0 to 300000.")]
    [InlineData("{\"timeoutMs\":300001}", "timeoutMs is 1 to 300000, waitForConnectMs 0 to 300000.")]
    [InlineData("{\"waitForConnectMs\":-1}", "timeoutMs is 1 to 300000, waitForConnectMs 0 to 300000.")]
    public async Task Requests_BadBody_Is400AndNobodyIsCalled(string body, string detail)
    {
        var response = await RequestAsync(body);
        Assert.Equal((400, "application/problem+json"), (response.Status, response.ContentType));
        Assert.Equal($$"""{"type":"urn:swp:bad-request","title":"Bad Request","status":400,"detail":"{{detail}}"}""", response.Body);
        Assert.Empty(_api.Clients.Calls);
    }

    // It would reach the client as a text message that is no text, and end its connection.
    [Fact]
    public async Task Requests_DataThatIsNotUtf8_Is400AndNobodyIsCalled()
    {
        var response = await _api.SendAsync("POST", "/api/v1/clients/caller/999/requests", Client + "/requests", Encoding.Latin1.GetBytes("{\"data\":\"\u00ff\"}"));
        Assert.Equal(400, response.Status);
        Assert.Empty(_api.Clients.Calls);
    }

    [Fact]
    public async Task Requests_BadId_Is400()
    {
        var response = await RequestAsync("{}", "a%0Ab");
        Assert.Equal(
            (400, """{"type":"urn:swp:bad-request","title":"Bad Request","status":400,"detail":"A client id has 1 to 128 characters, no control characters and no unpaired surrogates."}"""),
            (response.Status, response.Body));
    }

    [Fact]
    public async Task Requests_ATypeThatCannotBe_IsUnknownWithoutACall()
    {
        var response = await _api.SendAsync("POST", "/api/v1/clients/Caller/999/requests", Client + "/requests", "{}"u8.ToArray());
        Assert.Equal(404, response.Status);
        Assert.Contains("\"outcome\":\"unknown_type\"", response.Body, StringComparison.Ordinal);
        Assert.Empty(_api.Clients.Calls);
    }

    // ---- Status -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Status_Connected_SaysEverything()
    {
        var at = new DateTimeOffset(2026, 3, 29, 1, 2, 3, TimeSpan.Zero);
        _api.Clients.Status = key => new ClientStatus
        {
            Key = key,
            TypeIsKnown = true,
            IsKnown = true,
            Connected = true,
            ConnectedAt = at,
            LastSeen = at.AddSeconds(1),
            Epoch = 7,
            Gateway = "gateway1",
            RemoteAddress = "192.0.2.7",
            PendingRequests = 2,
            Owner = "silo1",
        };
        var response = await StatusAsync();
        Assert.Equal(
            (200, """{"type":"caller","id":"a/b","connected":true,"connectedAt":"2026-03-29T01:02:03+00:00","lastHeartbeat":null,"lastSeen":"2026-03-29T01:02:04+00:00","epoch":7,"gateway":"gateway1","remoteAddress":"192.0.2.7","pendingRequests":2,"banned":false,"bannedUntil":null,"banReason":null,"owner":"silo1"}"""),
            (response.Status, response.Body));
    }

    [Fact]
    public async Task Status_Unknown_Is404WithWhatIsUnknown()
    {
        _api.Clients.Status = key => new ClientStatus { Key = key, TypeIsKnown = true };
        Assert.Contains("\"outcome\":\"unknown_client\"", (await StatusAsync()).Body, StringComparison.Ordinal);
        _api.Clients.Status = key => new ClientStatus { Key = key, TypeIsKnown = false };
        Assert.Contains("\"outcome\":\"unknown_type\"", (await StatusAsync()).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await StatusAsync()).Status);
    }

    [Fact]
    public async Task Status_NoCluster_Is503()
    {
        _api.Clients.Status = _ => throw new SwpUnavailableException("nobody there");
        var response = await StatusAsync();
        Assert.Equal(503, response.Status);
        Assert.Contains("\"detail\":\"nobody there\",\"outcome\":\"cluster_unavailable\",\"retryable\":true", response.Body, StringComparison.Ordinal);
    }

    private Task<(int Status, string ContentType, string Body)> RequestAsync(string body, string id = "999") =>
        _api.SendAsync("POST", $"/api/v1/clients/caller/{id}/requests", Client + "/requests", Encoding.UTF8.GetBytes(body));

    private Task<(int Status, string ContentType, string Body)> StatusAsync() => _api.SendAsync("GET", "/api/v1/clients/caller/a%2Fb", Client);
}
