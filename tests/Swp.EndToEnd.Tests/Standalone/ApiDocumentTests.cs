using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Operations;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class ApiDocumentTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    private OperationsApi Api => fixture.Server.Operations;

    // What it says in detail is held against every answer in Swp.Gateway.Tests.
    [Fact]
    public async Task The_document_describes_what_is_served_here_and_nothing_of_the_clients_port()
    {
        var document = await Api.GetAsync("/openapi/v1.json");

        Assert.Equal(HttpStatusCode.OK, document.Status);
        var paths = document.Json.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        Assert.Contains("/api/v1/clients/{type}/{id}/requests", paths);
        Assert.DoesNotContain(paths, path => path.StartsWith("/wss", StringComparison.Ordinal));
        using var http = new HttpClient { BaseAddress = Api.Address };
        foreach (var path in document.Json.GetProperty("paths").EnumerateObject().Where(path => path.Value.TryGetProperty("get", out _)))
        {
            // Only the head: what is an event stream has no end.
            using var answer = await http.GetAsync(
                path.Name.Replace("{type}", "caller", StringComparison.Ordinal).Replace("{id}", NewId(), StringComparison.Ordinal),
                HttpCompletionOption.ResponseHeadersRead,
                TestContext.Current.CancellationToken);
            Assert.True(path.Value.GetProperty("get").GetProperty("responses").TryGetProperty($"{(int)answer.StatusCode}", out _), $"{path.Name}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task One_process_lists_counts_and_tells_its_clients()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("his", id));

        var page = await Api.ListAsync("his");
        Assert.Contains(page.Json.GetProperty("clients").EnumerateArray(), row => row.GetProperty("id").GetString() == id);
        Assert.Equal("1", (await Api.BroadcastAsync("his", "\"hello\""))["gateways"]);
        Assert.Equal("hello", (await client.ReceiveFrameAsync()).Data);
        Assert.Equal(["caller", "his"], (await Api.GetAsync("/api/v1/types")).Json.GetProperty("types").EnumerateArray().Select(type => type.GetProperty("name").GetString()));
    }
}
