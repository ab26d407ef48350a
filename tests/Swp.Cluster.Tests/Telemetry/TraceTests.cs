using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Diagnostics;
using Swp.Gateway.Api;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Telemetry;

/// <summary>One call is one trace, whatever members it passes.</summary>
public sealed class TraceTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>, IAsyncLifetime
{
    private readonly TraceRecorder _trace = new();
    private readonly HttpClient _http = new();
    private WebApplication _api = null!;

    // The API of one gateway; the clients are at the other one.
    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(cluster.Gateway1.ServiceProvider.GetRequiredService<ISwpClients>());
        builder.Services.AddSingleton<ApiCalls>();
        _api = builder.Build();
        _api.MapClients();
        await _api.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _trace.Dispose();
        _http.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task HttpCall_IsOneTrace_FromTheRequestToTheClientsAnswer()
    {
        var client = await cluster.OpenAsync(cluster.Gateway2, "traced");
        var caller = ActivitySpanId.CreateRandom();
        var call = CallAsync("traced", caller, sampled: true);
        var uuid = await client.ReceiveRequestAsync();
        Assert.DoesNotContain(_trace.Spans, span => span.OperationName == CallSpans.Deliver);

        await client.AnswerAsync(uuid);
        Assert.Equal(HttpStatusCode.OK, await call.DefaultTimeout());

        var http = await _trace.SpanAsync("Microsoft.AspNetCore", "", ActivityKind.Server);
        var atCaller = await _trace.SpanAsync(SwpTracing.SourceName, CallSpans.Call, ActivityKind.Client);
        var atOwner = await _trace.SpanAsync(SwpTracing.SourceName, CallSpans.Call, ActivityKind.Server);
        var atGateway = await _trace.SpanAsync(SwpTracing.SourceName, CallSpans.Deliver, ActivityKind.Client);
        Assert.Equal(
            [caller, http.SpanId, atCaller.SpanId, atOwner.SpanId],
            (ActivitySpanId[])[http.ParentSpanId, atCaller.ParentSpanId, atOwner.ParentSpanId, atGateway.ParentSpanId]);
        Assert.Equal(4, _trace.Spans.Count);

        foreach (var span in (Activity[])[atCaller, atOwner, atGateway])
        {
            Assert.Equal(
                (TestService.Type, "traced", "request", uuid, ActivityStatusCode.Unset),
                (span.GetTagItem("swp.client.type"), span.GetTagItem("swp.client.id"), span.GetTagItem("rpc.method"), span.GetTagItem("swp.call.uuid"), span.Status));
        }

        Assert.Equal(("completed", "completed", "0"), (atCaller.GetTagItem("swp.call.outcome"), atOwner.GetTagItem("swp.call.outcome"), atGateway.GetTagItem("swp.client.code")));
    }

    [Fact]
    public async Task HttpCall_NotSampled_LeavesNoSpan()
    {
        var client = await cluster.OpenAsync(cluster.Gateway2, "unsampled");
        var call = CallAsync("unsampled", ActivitySpanId.CreateRandom(), sampled: false);
        await client.AnswerAsync(await client.ReceiveRequestAsync());
        Assert.Equal(HttpStatusCode.OK, await call.DefaultTimeout());

        await _trace.SpanAsync("Microsoft.AspNetCore", "", ActivityKind.Server);
        Assert.DoesNotContain(_trace.Spans, span => span.Recorded);

        // What carries the context between members: the caller's span only hands it on, and nothing of it reaches them.
        Assert.DoesNotContain(_trace.Spans, span => span.Source.Name == SwpTracing.SourceName && span.Kind != ActivityKind.Client);
        Assert.DoesNotContain(_trace.Spans, span => span.OperationName == CallSpans.Deliver);
    }

    [Fact]
    public async Task GrainCall_NoAnswer_EndsAsTimedOutEverywhere()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "silent");
        using (Parent())
        {
            var call = cluster.Clients.Get(TestService.Type, "silent").RequestAsync(1, new CallOptions { Timeout = TimeSpan.FromMilliseconds(300) });
            await client.ReceiveRequestAsync();
            Assert.Equal(CallOutcome.TimedOut, (await call.DefaultTimeout()).Outcome);
        }

        var atOwner = await _trace.SpanAsync(SwpTracing.SourceName, CallSpans.Call, ActivityKind.Server);
        var atGateway = await _trace.SpanAsync(SwpTracing.SourceName, CallSpans.Deliver, ActivityKind.Client);
        Assert.Equal(atOwner.SpanId, atGateway.ParentSpanId);
        foreach (var span in (Activity[])[atOwner, atGateway])
        {
            Assert.Equal(("timed_out", ActivityStatusCode.Error), (span.GetTagItem("error.type"), span.Status));
        }
    }

    [Fact]
    public async Task Message_IsDeliveredOnceItIsQueued()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "messaged");
        using (Parent())
        {
            Assert.Equal(CallOutcome.Completed, (await cluster.Clients.Get(TestService.Type, "messaged").SendAsync(1).DefaultTimeout()).Outcome);
        }

        var atGateway = await _trace.SpanAsync(SwpTracing.SourceName, CallSpans.Deliver, ActivityKind.Client);
        Assert.Equal(("message", ActivityStatusCode.Unset), (atGateway.GetTagItem("rpc.method"), atGateway.Status));
        await client.CloseAsync();
    }

    [Fact]
    public async Task Request_ItsConnectionEnds_SoDoesItsDelivery()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "leaving");
        Task<CallResult> call;
        using (Parent())
        {
            call = cluster.Clients.Get(TestService.Type, "leaving").RequestAsync(1);
        }

        await client.ReceiveRequestAsync();
        await client.CloseAsync();
        Assert.Equal(CallOutcome.LostInFlight, (await call.DefaultTimeout()).Outcome);
        var atGateway = await _trace.SpanAsync(SwpTracing.SourceName, CallSpans.Deliver, ActivityKind.Client);
        Assert.Equal("connection_ended", atGateway.GetTagItem("error.type"));
    }

    private Activity Parent() =>
        new Activity("backend").SetParentId(_trace.TraceId, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();

    private async Task<HttpStatusCode> CallAsync(string id, ActivitySpanId caller, bool sampled)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_api.Urls.Single()}/api/v1/clients/{TestService.Type}/{id}/requests");
        request.Headers.Add("traceparent", _trace.Header(caller, sampled));
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }
}
