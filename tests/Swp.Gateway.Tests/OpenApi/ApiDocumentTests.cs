using System.Net.Http.Headers;
using System.Text;
using Swp.Clients;
using Swp.Gateway.Api;
using Swp.Gateway.Keys;
using Swp.Gateway.Tests.Kit;
using Swp.Overview;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Operations;

namespace Swp.Gateway.Tests.OpenApi;

/// <summary>The API, running, and its document say the same.</summary>
public sealed class ApiDocumentTests : IAsyncLifetime
{
    private const string Client = "/api/v1/clients/{type}/{id}";
    private const string Broadcasts = "/api/v1/types/{type}/messages";

    private static readonly string Admin = KeygenCommand.NewKey();
    private static readonly string His = KeygenCommand.NewKey();

    private readonly HashSet<(string Path, string Method, string Status)> _seen = [];
    private TestOperations _operations = null!;
    private ApiSchema _schema = null!;

    private OperationsApi Api => _operations.Api;

    private TestClients Clients => _operations.Clients;

    public async ValueTask InitializeAsync()
    {
        _operations = await TestOperations.StartAsync([.. TestOperations.Key("operator", Admin, "admin"), .. TestOperations.Key("his", His, "call", "his")]);
        Api.Key = Admin;
        _schema = new ApiSchema((await Api.GetAsync("/openapi/v1.json")).Text);
    }

    public ValueTask DisposeAsync() => _operations.DisposeAsync();

    [Fact]
    public void EveryRoute_IsDescribedAndEveryDescribedPathIsARoute()
    {
        var mapped = _operations.Routes
            .Where(endpoint => endpoint.RoutePattern.RawText is not ("/openapi/v1.json" or "/wss/{type}"))

            // Pages, and what is there for them alone.
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription != true)
            .SelectMany(endpoint => endpoint.Metadata.OfType<Microsoft.AspNetCore.Routing.HttpMethodMetadata>().Single().HttpMethods.Select(method => (endpoint.RoutePattern.RawText!.TrimEnd('/'), method)));
        Assert.Equal(mapped.Order(), _schema.Operations.Select(operation => (operation.Path, operation.Method)).Order());
    }

    [Fact]
    public void EveryOperation_SaysWhatItDoesAndTakesAndWhatItsMembersMean()
    {
        Assert.All(_schema.Operations, operation =>
        {
            Assert.False(string.IsNullOrEmpty((string?)operation.Value["summary"]), operation.Path);
            Assert.False(string.IsNullOrEmpty((string?)operation.Value["operationId"]), operation.Path);
            Assert.NotEmpty(operation.Value["tags"]!.AsArray());
            Assert.All(operation.Value["responses"]!.AsObject(), response => Assert.False(string.IsNullOrEmpty((string?)response.Value!["description"])));
            var parameters = operation.Value["parameters"]?.AsArray().Where(parameter => (string?)parameter!["in"] == "path").Select(parameter => $"{{{parameter!["name"]}}}") ?? [];
            Assert.Equal(operation.Path.Split('/').Where(segment => segment.StartsWith('{')), parameters);
        });
        Assert.All(_schema.Definitions, schema => Assert.All(
            schema.Value!["properties"]?.AsObject() ?? [],
            member => Assert.False(string.IsNullOrEmpty((string?)member.Value!["description"]), $"{schema.Key}.{member.Key} is not described.")));
        Assert.Equal(operationIds().Distinct().Count(), operationIds().Count());

        IEnumerable<string> operationIds() => _schema.Operations.Select(operation => (string)operation.Value["operationId"]!);
    }

    [Fact]
    public void EveryBody_IsTakenAsDescribed()
    {
        Assert.True(_schema.Takes($"{Client}/requests", "POST", """{"data":{"any":[1,null]},"timeoutMs":1,"waitForConnectMs":0,"idempotent":true}"""));
        Assert.True(_schema.Takes($"{Client}/requests", "POST", "{}"));
        Assert.False(_schema.Takes($"{Client}/requests", "POST", """{"timeoutMs":"soon"}"""));
        Assert.True(_schema.Takes($"{Client}/ban", "PUT", """{"until":"2030-01-02T03:04:05Z","reason":null}"""));
        Assert.False(_schema.Takes($"{Client}/ban", "PUT", """{"until":"tomorrow"}"""));
        Assert.True(_schema.Takes(Broadcasts, "POST", """{"data":7}"""));
        Assert.True(_schema.Takes("/web/wss/caller/call", "POST", """{"clinicId":999,"callCode":"A12"}"""));
    }

    [Fact]
    public async Task EveryAnswer_IsDescribedAndEveryDescribedAnswerIsGiven()
    {
        foreach (var what in (string[])["requests", "messages"])
        {
            foreach (var outcome in Enum.GetValues<CallOutcome>().Where(outcome => outcome != CallOutcome.Cancelled))
            {
                Clients.Result = new CallResult { Outcome = outcome, Code = "0", Message = "why", Uuid = "u", LastSeen = DateTimeOffset.UnixEpoch, Data = JsonPayload.Parse("[1]") };
                await AskAsync("POST", $"{Client}/{what}", "{}");
            }

            await RefuseAsync("POST", $"{Client}/{what}");
        }

        await AskAboutOneAsync();
        await AskAboutAllAsync();
        await AskInTheOldWayAsync();

        await AskAsync("GET", "/health/live");
        await AskAsync("GET", "/health/ready");
        await AskAsync("GET", $"{Client}/events");
        _operations.Owners[Members.Owner1].ClientTypes = () => Task.FromResult<ClientTypeDescription[]>([TestGateway.Caller]);
        await _operations.GetReadyAsync();
        await AskAsync("GET", "/health/ready");
        await AskAboutTheClusterAsync();

        Assert.Equal(_schema.Answers.Order(), _seen.Order());
    }

    private async Task AskAboutOneAsync()
    {
        Clients.Status = key => new ClientStatus { Key = key, TypeIsKnown = true, IsKnown = true, Connected = true, ConnectedAt = DateTimeOffset.UnixEpoch, Gateway = "gateway1" };
        await AskAsync("GET", Client);
        Clients.Status = key => new ClientStatus { Key = key, TypeIsKnown = true };
        await AskAsync("GET", Client);
        Clients.Status = _ => throw new SwpUnavailableException("nobody there");
        await AskAsync("GET", Client);
        await RefuseAsync("GET", Client);

        foreach (var method in (string[])["PUT", "DELETE"])
        {
            foreach (var outcome in Enum.GetValues<BanOutcome>())
            {
                Clients.Ban = () => outcome;
                await AskAsync(method, $"{Client}/ban", method == "PUT" ? """{"reason":"noise"}""" : null);
            }

            Clients.Ban = () => throw new SwpUnavailableException("nobody there");
            await AskAsync(method, $"{Client}/ban");
            await RefuseAsync(method, $"{Client}/ban");
        }

        foreach (var outcome in (CallOutcome[])[CallOutcome.Completed, CallOutcome.NotConnected, CallOutcome.ClusterUnavailable])
        {
            Clients.Result = new CallResult { Outcome = outcome };
            await AskAsync("DELETE", $"{Client}/connection");
        }

        await RefuseAsync("DELETE", $"{Client}/connection");
    }

    private async Task AskAboutAllAsync()
    {
        Clients.Page = () => new ClientPage { Clients = [new ConnectedClient { Key = new ClientKey("caller", "1"), Gateway = "gateway1", ConnectedAt = DateTimeOffset.UnixEpoch }], Next = "abc", Failed = 1 };
        await AskAsync("GET", "/api/v1/clients");
        Clients.Page = () => new ClientPage { Clients = [], TypeIsKnown = false };
        await AskAsync("GET", "/api/v1/clients");
        Clients.Page = () => throw new ArgumentException("no", "cursor");
        await AskAsync("GET", "/api/v1/clients");
        Clients.Page = () => throw new SwpUnavailableException("nobody there");
        await AskAsync("GET", "/api/v1/clients");
        await RefuseAsync("GET", "/api/v1/clients");

        Clients.Types = () => new ClientTypeList([new ClientTypeStatus(TestGateway.Caller, 7)], 1);
        await AskAsync("GET", "/api/v1/types");
        Clients.Types = () => throw new SwpUnavailableException("nobody there");
        await AskAsync("GET", "/api/v1/types");
        await RefuseAsync("GET", "/api/v1/types");

        foreach (var outcome in (CallOutcome[])[CallOutcome.Completed, CallOutcome.UnknownType, CallOutcome.PayloadTooLarge, CallOutcome.TooManyPending, CallOutcome.LostInFlight, CallOutcome.NotSent])
        {
            Clients.Broadcast = new BroadcastResult { Outcome = outcome, Message = "why", Gateways = 1, Clients = 2, Failed = 3 };
            await AskAsync("POST", Broadcasts, """{"data":1}""");
        }

        await RefuseAsync("POST", Broadcasts);
    }

    private async Task AskAboutTheClusterAsync()
    {
        _operations.Gateways[Members.Gateway].Refusals = [new Refusal(RefusalKind.Open, "banned", "caller", "192.0.2.7", 3, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)];
        _operations.Owners[Members.Owner1].History = (_, _) => Task.FromResult(new ClientHistory(
            [new ClientEvent { At = DateTimeOffset.UnixEpoch, Kind = ClientEventKind.Request, Outcome = CallOutcome.TimedOut, Elapsed = TimeSpan.FromSeconds(1) }, new ClientEvent { At = DateTimeOffset.UnixEpoch, Kind = ClientEventKind.Closed, CloseCode = CloseCode.Banned, Gateway = "gateway1" }],
            DateTimeOffset.UnixEpoch));
        await AskAsync("GET", $"{Client}/events");
        await AskAsync("GET", $"{Client}/events", type: "nosuch");
        foreach (var path in (string[])["/api/v1/overview", "/api/v1/refusals", $"{Client}/events"])
        {
            await AskAsync("GET", path);
            _operations.Time.Advance(TimeSpan.FromSeconds(1));
            await AskAsync("GET", path);
            await RefuseAsync("GET", path);
        }

        await AskToWatchAsync();
    }

    private async Task AskToWatchAsync()
    {
        const string Stream = "/api/v1/overview/stream";
        await FailAsync("GET", Stream, null);
        using var http = new HttpClient { BaseAddress = Api.Address };
        http.DefaultRequestHeaders.Add("X-Api-Key", Admin);
        using var watched = await http.GetAsync(Stream, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", watched.Content.Headers.ContentType?.ToString());
        _seen.Add((Stream, "GET", "200"));
        while (_operations.Feed.TryWatch() is not null)
        {
        }

        await AskAsync("GET", Stream);
    }

    private async Task AskInTheOldWayAsync()
    {
        Clients.Result = new CallResult { Outcome = CallOutcome.Completed, Code = "0", Uuid = "u", Data = JsonPayload.Parse("{}") };
        await AskAsync("POST", "/web/wss/caller/call", """{"clinicId":999}""");
        Clients.Result = new CallResult { Outcome = CallOutcome.NotConnected };
        await AskAsync("POST", "/web/wss/caller/call", """{"clinicId":999}""");
        await AskAsync("POST", "/web/wss/caller/call", TooLarge);
        await FailAsync("POST", "/web/wss/caller/call", """{"clinicId":999}""");
    }

    private static string TooLarge => $"\"{new string('x', ClientEndpoints.MaxBodyBytes)}\"";

    /// <summary>What is wrong with a request itself, and the rest.</summary>
    private async Task RefuseAsync(string method, string path)
    {
        if (path.Contains("{id}", StringComparison.Ordinal))
        {
            await AskAsync(method, path, id: "a%0Ab");
        }

        if (method is "POST" or "PUT")
        {
            await AskAsync(method, path, "{");
            await AskAsync(method, path, TooLarge);
            await AskAsync(method, path, "hello", "text/plain");
        }

        await FailAsync(method, path, method is "POST" or "PUT" ? "{}" : null);
    }

    /// <summary>The server fails; the caller has no key, or one that is not for this.</summary>
    private async Task FailAsync(string method, string path, string? body)
    {
        _operations.Membership.Fault = Clients.Fault = new InvalidOperationException();
        _operations.Time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(method, path, body);
        _operations.Membership.Fault = Clients.Fault = null;
        foreach (var key in (string?[])[null, His])
        {
            Api.Key = key;
            await AskAsync(method, path, body);
        }

        Api.Key = Admin;
    }

    private async Task AskAsync(string method, string path, string? body = null, string contentType = "application/json", string id = "999", string type = "caller")
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType));
        var target = path.Replace("{type}", type, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
        var answer = content is null ? await Api.SendAsync(new HttpMethod(method), target) : await Api.SendAsync(new HttpMethod(method), target, content);
        var key = (path, method, $"{(int)answer.Status}");
        Assert.True(_schema.Answers.Contains(key), $"{key} is not described: {answer}");
        _schema.Judge(key, answer.ContentType, answer.Text);
        _seen.Add(key);
    }
}
