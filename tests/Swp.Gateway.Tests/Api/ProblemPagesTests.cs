using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Swp.Gateway.Api;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Operations;

namespace Swp.Gateway.Tests.Api;

/// <summary>Whatever is asked of the operations port, what fails is problem details.</summary>
public sealed class ProblemPagesTests : IAsyncLifetime
{
    private TestOperations _operations = null!;

    private OperationsApi Api => _operations.Api;

    public async ValueTask InitializeAsync() => _operations = await TestOperations.StartAsync();

    public ValueTask DisposeAsync() => _operations.DisposeAsync();

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/api")]
    [InlineData("POST", "/api/v1/clients/caller/9/nothing")]
    [InlineData("POST", "/api/v1/clients/caller//requests")]
    [InlineData("GET", "/wss/caller")]
    [InlineData("GET", "/openapi/v2.json")]
    public async Task NothingAtThePath_Is404(string method, string path) =>
        AssertProblem(await Api.SendAsync(new HttpMethod(method), path), HttpStatusCode.NotFound, "urn:swp:not-found");

    [Theory]
    [InlineData("GET", "/api/v1/clients/caller/9/requests")]
    [InlineData("DELETE", "/api/v1/clients")]
    [InlineData("POST", "/api/v1/clients/caller/9/ban")]
    [InlineData("PUT", "/web/wss/caller/call")]
    [InlineData("POST", "/health/live")]
    public async Task WrongMethod_Is405(string method, string path) =>
        AssertProblem(await Api.SendAsync(new HttpMethod(method), path), HttpStatusCode.MethodNotAllowed, "urn:swp:method-not-allowed");

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/merge-patch+json", 200)]
    [InlineData("APPLICATION/JSON", 200)]
    [InlineData("application/x-www-form-urlencoded", 200)]
    [InlineData(null, 200)]
    [InlineData("text/plain", 415)]
    [InlineData("text/json-not", 415)]
    [InlineData("multipart/form-data; boundary=x", 415)]
    [InlineData("application/xml", 415)]
    public async Task ContentType_OtherThanJson_Is415(string? contentType, int status)
    {
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Post, "/api/v1/types/caller/messages"), (HttpMethod.Post, "/api/v1/clients/caller/9/requests"), (HttpMethod.Put, "/api/v1/clients/caller/9/ban")])
        {
            var content = new ByteArrayContent("{}"u8.ToArray());
            content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
            var answer = await Api.SendAsync(method, path, content);
            if (status == 415)
            {
                AssertProblem(answer, HttpStatusCode.UnsupportedMediaType, "urn:swp:unsupported-media-type");
            }
            else
            {
                Assert.InRange((int)answer.Status, 200, 204);
            }
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/clients/caller/9/requests")]
    [InlineData("POST", "/api/v1/clients/caller/9/messages")]
    [InlineData("PUT", "/api/v1/clients/caller/9/ban")]
    [InlineData("POST", "/api/v1/types/caller/messages")]
    [InlineData("POST", "/web/wss/caller/call")]
    public async Task BodyBeyondAllLimits_Is413(string method, string path)
    {
        var answer = await Api.SendAsync(new HttpMethod(method), path, $"{{\"data\":\"{new string('x', ClientEndpoints.MaxBodyBytes)}\"}}");
        AssertProblem(answer, HttpStatusCode.RequestEntityTooLarge, "urn:swp:outcome:payload_too_large");
        Assert.Equal(("payload_too_large", "false"), (answer.Outcome, answer["retryable"]));
    }

    [Fact]
    public async Task Fault_Is500WithAReferenceThatTheLogHas()
    {
        _operations.Clients.Fault = new InvalidOperationException("secret");
        var answer = await Api.ListAsync();
        AssertProblem(answer, HttpStatusCode.InternalServerError, "urn:swp:internal-error");
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        var reference = answer["detail"]!.Split(' ')[^1].TrimEnd('.');
        Assert.Contains(reference, Assert.Single(_operations.FaultLog), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_CutOff_Is400()
    {
        using var content = new StringContent("{\"data\":", Encoding.UTF8, "application/json");
        AssertProblem(await Api.SendAsync(HttpMethod.Post, "/api/v1/types/caller/messages", content), HttpStatusCode.BadRequest, "urn:swp:bad-request");
    }

    private static void AssertProblem(ApiAnswer answer, HttpStatusCode status, string type)
    {
        Assert.Equal((status, "application/problem+json", type), (answer.Status, answer.ContentType, answer["type"]));
        Assert.Equal($"{(int)status}", answer["status"]);
        Assert.False(string.IsNullOrEmpty(answer["title"]));
        Assert.False(string.IsNullOrEmpty(answer["detail"]));
    }
}
