using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Swp.Gateway.Audit;
using Swp.Gateway.Keys;
using Swp.Gateway.Pages;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Keys;

public sealed class OperationsAccessTests : IAsyncLifetime
{
    private static readonly string Call = KeygenCommand.NewKey();
    private static readonly string Read = KeygenCommand.NewKey();
    private static readonly string Admin = KeygenCommand.NewKey();
    private static readonly string His = KeygenCommand.NewKey();
    private static readonly string Screens = KeygenCommand.NewKey();

    private TestOperations _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestOperations.StartAsync(
        [
            .. TestOperations.Key("caller-backend", Call, "call"),
            .. TestOperations.Key("monitor", Read, "read"),
            .. TestOperations.Key("operator", Admin, "admin"),
            .. TestOperations.Key("his-backend", His, "call,read", "his"),
            .. TestOperations.Key("screens", Screens, "admin", "caller,screen"),
        ]);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    /// <summary>A route that is added without <c>RequireScope</c> fails here, and is refused to everybody until it says what it needs.</summary>
    [Fact]
    public void EveryRoute_IsHealthOrAPageOrNeedsAScope()
    {
        var pages = PageFiles.Read().Select(page => $"GET,HEAD {page.Path}").Concat(["GET /", "GET /device/settings", "GET /session/", "POST /session/", "DELETE /session/"]).ToHashSet();
        var routes = _gateway.Routes.Where(route => !route.RoutePattern.RawText!.StartsWith("/wss/", StringComparison.Ordinal)).ToArray();
        Assert.True(routes.Length >= 9);
        foreach (var route in routes)
        {
            var name = $"{string.Join(',', route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)} {route.RoutePattern.RawText}";
            if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                Assert.True(name.StartsWith("GET /health/", StringComparison.Ordinal) || pages.Contains(name), $"{name} is open to everybody.");
                continue;
            }

            Assert.Contains(route.Metadata.OfType<AuthorizationPolicy>(), policy => policy == ApiAccessRequirement.Policy);
            Assert.True(route.Metadata.GetMetadata<ApiAccess>() is not null, $"{name} needs RequireScope.");
        }
    }

    [Fact]
    public void EveryRouteOfAdministration_IsAudited() => Assert.All(
        _gateway.Routes.Where(route => route.Metadata.GetMetadata<ApiAccess>() is { Scope: ApiScope.Admin }),
        route => Assert.NotNull(route.Metadata.GetMetadata<AuditedAct>()));

    [Theory]
    [InlineData("POST", "/api/v1/clients/caller/1/requests", "call")]
    [InlineData("POST", "/api/v1/clients/caller/1/messages", "call")]
    [InlineData("GET", "/api/v1/clients/caller/1", "read")]
    [InlineData("PUT", "/api/v1/clients/caller/1/ban", "admin")]
    [InlineData("DELETE", "/api/v1/clients/caller/1/ban", "admin")]
    [InlineData("DELETE", "/api/v1/clients/caller/1/connection", "admin")]
    [InlineData("GET", "/api/v1/clients?type=caller", "read")]
    [InlineData("POST", "/api/v1/types/caller/messages", "call")]
    [InlineData("POST", "/web/wss/caller/call", "call")]
    public async Task ARoute_IsOpenToItsScopeAndToAdmin_AndToNoOther(string method, string path, string scope)
    {
        foreach (var (key, name, scopes) in new[] { (Call, "caller-backend", "call"), (Read, "monitor", "read"), (Admin, "operator", "call,read,admin"), (Screens, "screens", "call,read,admin") })
        {
            var answer = await SendAsync(method, path, key);
            var may = scopes.Contains(scope, StringComparison.Ordinal);
            Assert.Equal(may, answer.Status != HttpStatusCode.Forbidden);
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.Status);
            if (!may)
            {
                Assert.Equal("application/problem+json", answer.ContentType);
                Assert.Equal("urn:swp:forbidden", answer["type"]);
                Assert.Equal($"The API key '{name}' lacks the scope '{scope}': add it to Swp:ApiKeys:{name}:Scopes, or use another key.", answer["detail"]);
                Assert.Equal($"Bearer realm=\"swp\", error=\"insufficient_scope\", scope=\"{scope}\"", answer.Headers.WwwAuthenticate.ToString());
            }
        }

        // Not for clients of this type, whatever the scope; and nobody without a key.
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(method, path, His)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(method, path, key: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(method, path, KeygenCommand.NewKey())).Status);
    }

    [Fact]
    public async Task WithoutAKey_IsToldHowToSendOne()
    {
        var answer = await SendAsync("GET", "/api/v1/clients/caller/1", key: null);
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json", "urn:swp:unauthorized"), (answer.Status, answer.ContentType, answer["type"]));
        Assert.Contains("X-Api-Key", answer["detail"], StringComparison.Ordinal);
        Assert.Equal("Bearer realm=\"swp\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task AnUnknownKey_IsToldSo()
    {
        var answer = await SendAsync("GET", "/api/v1/clients/caller/1", "x");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("not known here", answer["detail"], StringComparison.Ordinal);
        Assert.Equal("Bearer realm=\"swp\", error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("X-Api-Key", "")]
    [InlineData("x-api-key", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("Authorization", "bearer  ")]
    public async Task AKey_ComesInEitherHeader(string header, string before)
    {
        var answer = await _gateway.SendAsync(HttpMethod.Delete, "/api/v1/clients/caller/1/ban", (header, before + Admin));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
    }

    [Fact]
    public async Task XApiKey_GoesBeforeABearerToken()
    {
        var answer = await _gateway.SendAsync(HttpMethod.Delete, "/api/v1/clients/caller/1/ban", ("X-Api-Key", Admin), ("Authorization", "Bearer eyJ.of.a.proxy"));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
    }

    [Fact]
    public async Task Health_IsOpen()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/health/live", key: null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("GET", "/health/live", "x")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync("GET", "/health/ready", key: null)).Status);
    }

    [Theory]
    [InlineData("his")]
    [InlineData("h%69s")]
    public async Task AKeyForATypeOnly_ReachesItsClients(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST", $"/api/v1/clients/{type}/1/requests", His)).Status);

    /// <summary>What is routed and what is called must be the same client, however the path is written.</summary>
    [Theory]
    [InlineData("/api/v1/clients/his/../caller/1/requests")]
    [InlineData("/api/v1/clients/caller/../his/1/requests")]
    [InlineData("/api/v1/clients/his/x/../../caller/1/requests")]
    [InlineData("/api/v1/clients/his/%2e%2e/caller/1/requests")]
    [InlineData("/api/v1/clients/his%2F..%2Fcaller/1/requests")]
    [InlineData("/api/v1/clients/caller/1/requests?type=his")]
    [InlineData("http://127.0.0.1/api/v1/clients/caller/1/requests")]
    public async Task AKeyForATypeOnly_ReachesNoOther(string target)
    {
        var status = await SendRawAsync(target, His);
        Assert.Contains("HTTP/1.1 403", status, StringComparison.Ordinal);
        Assert.Empty(_gateway.Clients.Calls);
    }

    [Fact]
    public async Task Keys_AreReplacedWhileItRuns()
    {
        var next = KeygenCommand.NewKey();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST", "/api/v1/clients/caller/1/requests", Call)).Status);

        _gateway.Change([.. TestOperations.Key("caller-backend", next, "call")]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("POST", "/api/v1/clients/caller/1/requests", Call)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("POST", "/api/v1/clients/caller/1/requests", next)).Status);
        Assert.Equal("Information: The API keys have changed. In force are: caller-backend, his-backend, monitor, operator, screens", Assert.Single(_gateway.KeyLog));
    }

    [Fact]
    public async Task AChangeThatBreaksARule_LeavesTheOldKeysAndIsToldOnce()
    {
        _gateway.Change(("Swp:ApiKeys:operator:Hash", Admin), ("Swp:ApiKeys:monitor:Scopes", "admin"));
        _gateway.Change();

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync("DELETE", "/api/v1/clients/caller/1/ban", Admin)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync("DELETE", "/api/v1/clients/caller/1/ban", Read)).Status);
        var line = Assert.Single(_gateway.KeyLog);
        Assert.StartsWith("Error: The changed API keys are refused, the old ones stay in force: Swp:ApiKeys:operator:Hash", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Admin, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakingAllKeysAway_OpensNothing()
    {
        _gateway.TakeSettingsAway();

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("POST", "/api/v1/clients/caller/1/requests", key: null)).Status);
        Assert.Equal(
            "Error: The changed API keys are refused, the old ones stay in force: Swp:ApiKeys: no key is left. To go on without keys, start again.",
            Assert.Single(_gateway.KeyLog));
    }

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("localhost:8082", null, 200)]
    [InlineData("[::1]:8082", "http://localhost:3000", 200)]
    [InlineData("127.0.0.9", "http://127.0.0.1:8082", 200)]
    [InlineData(null, "https://evil.example", 401)]
    [InlineData(null, "null", 401)]
    [InlineData("evil.example:8082", null, 401)]
    [InlineData("127.0.0.1.evil.example", null, 401)]
    public async Task WithoutKeys_ProgramsOfThisMachineMayCall_AndNoPageOfAnother(string? host, string? origin, int expected)
    {
        await using var open = await TestOperations.StartAsync();
        var answer = await open.SendAsync(
            HttpMethod.Get,
            "/api/v1/clients/caller/1",
            [.. host is null ? Array.Empty<(string, string)>() : [("Host", host)], .. origin is null ? Array.Empty<(string, string)>() : [("Origin", origin)]]);

        // The client of this id is not known, which only who may look learns.
        Assert.Equal(expected == 200 ? HttpStatusCode.NotFound : HttpStatusCode.Unauthorized, answer.Status);
        if (expected == 401)
        {
            Assert.Contains("Configure Swp:ApiKeys", answer["detail"], StringComparison.Ordinal);
        }
    }

    private Task<Swp.Testing.Operations.ApiAnswer> SendAsync(string method, string path, string? key)
    {
        _gateway.Api.Key = key;
        return _gateway.Api.SendAsync(new HttpMethod(method), path, method switch
        {
            "PUT" => "{}",
            "POST" when path.StartsWith("/web/", StringComparison.Ordinal) => """{"clinicId":1}""",
            "POST" => """{"data":1}""",
            _ => null,
        });
    }

    private async Task<string> SendRawAsync(string target, string key)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _gateway.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Api-Key: {key}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().DefaultTimeout();
    }
}
