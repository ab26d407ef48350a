using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swp.Cli.Tests.Running;

/// <summary>An operations address that says what the test wants: what a healthy server on this machine never says.</summary>
internal sealed class FakeMember : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (int Status, string Text)> _answers = new();

    private FakeMember(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>What was asked, as METHOD PATH?QUERY.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The keys that were presented.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Skew { get; set; }

    public static async Task<FakeMember> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var member = new FakeMember(builder.Build());
        member._app.Run(member.AnswerAsync);
        await member._app.StartAsync(TestContext.Current.CancellationToken);
        return member
            .Answers("GET /health/live", 200, "live\n")
            .Answers("GET /health/ready", 200, "ready\n")
            .Answers("GET /api/v1/types", 200, """{"types":[{"name":"caller","displayName":"x","connected":3,"payloadStyle":"string","requiresToken":true,"limits":{}}]}""")
            .Answers("GET /metrics", 200, "");
    }

    /// <summary>What is answered to a request from now on.</summary>
    public FakeMember Answers(string request, int status, string text)
    {
        _answers[request] = (status, text);
        return this;
    }

    /// <summary>The tool that asks this member.</summary>
    public Tool Tool() => new Tool().With("SWP_URL", Url);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}";
        Asked.Enqueue(request);
        Keys.Enqueue(context.Request.Headers["X-Api-Key"].ToString());
        var (status, text) = _answers.TryGetValue(request, out var answer) ? answer : (404, """{"type":"urn:swp:not-found","title":"Not Found","detail":"There is nothing at this path."}""");
        context.Response.Headers.Date = (TimeProvider.System.GetUtcNow() + Skew).ToString("R");
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(text);
    }
}
