using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Swp.Clients;
using Swp.Gateway.Api;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The server API's endpoints without a server: a request goes straight to its handler.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Routes _routes;

    public TestApi()
    {
        _services = new ServiceCollection()
            .AddRoutingCore()
            .AddLogging()
            .AddSingleton<ISwpClients>(Clients)
            .AddSingleton<ApiCalls>()
            .AddSingleton<TimeProvider>(Time)
            .BuildServiceProvider();
        _routes = new Routes(_services);
        _routes.MapClients();
        _routes.MapCallerCall();
    }

    public TestClients Clients { get; } = new();

    public HostileTimeProvider Time { get; } = new();

    /// <summary>Sends a request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="target">The request target, exactly as it is sent.</param>
    /// <param name="pattern">The route it takes.</param>
    /// <param name="body">The body.</param>
    public async Task<(int Status, string ContentType, string Body)> SendAsync(string method, string target, string pattern, byte[]? body = null)
    {
        var endpoint = _routes.DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Single(candidate => candidate.RoutePattern.RawText!.TrimEnd('/') == pattern
                && candidate.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(method));
        var response = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.Method = method;
        context.Request.Body = new MemoryStream(body ?? []);
        context.Request.ContentType = "application/json";
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(response));
        await endpoint.RequestDelegate!(context);
        await context.Response.CompleteAsync();
        return (context.Response.StatusCode, context.Response.ContentType ?? "", Encoding.UTF8.GetString(response.ToArray()));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => throw new NotSupportedException();
    }
}
