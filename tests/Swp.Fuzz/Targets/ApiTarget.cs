using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Swp.Clients;
using Swp.Gateway.Api;

namespace Swp.Fuzz.Targets;

/// <summary>
/// A request of the server API: the first byte names the endpoint, then follow the client's part of the path up to the end of the line, and the body.
/// It is carried out and answered with success, or not carried out and answered with what is wrong, as JSON.
/// </summary>
internal sealed class ApiTarget : IFuzzTarget
{
    /// <summary>The reader keeps 12 bytes a value, and the body and the answer are copied.</summary>
    private const int PerByte = 96;

    private const int Flat = 256 * 1024;

    private static readonly (string Method, string Pattern, string Suffix)[] Endpoints =
    [
        ("POST", "/api/v1/clients/{type}/{id}/requests", "/requests"),
        ("POST", "/api/v1/clients/{type}/{id}/messages", "/messages"),
        ("PUT", "/api/v1/clients/{type}/{id}/ban", "/ban"),
        ("POST", "/web/wss/caller/call", ""),
    ];

    private const int AncestorsCall = 3;

    private readonly CountingClients _clients = new();
    private readonly ServiceProvider _services;
    private readonly RequestDelegate[] _handlers;

    public ApiTarget()
    {
        _services = new ServiceCollection()
            .AddRoutingCore()
            .AddLogging()
            .AddSingleton<ISwpClients>(_clients)
            .AddSingleton<ApiCalls>()
            .AddSingleton(TimeProvider.System)
            .BuildServiceProvider();
        var routes = new Routes(_services);
        routes.MapClients();
        routes.MapCallerCall();
        var endpoints = routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToArray();
        _handlers = [.. Endpoints.Select(wanted => endpoints.Single(endpoint => Matches(endpoint, wanted)).RequestDelegate!)];
        WarmUp();
    }

    public string Name => "api";

    public void Run(byte[] input)
    {
        var which = input.Length == 0 ? 0 : input[0] % Endpoints.Length;
        var rest = input.Length == 0 ? [] : input.AsSpan(1);
        var line = rest.IndexOf((byte)'\n');
        var name = Encoding.Latin1.GetString(line < 0 ? [] : rest[..line]);
        var body = (line < 0 ? rest : rest[(line + 1)..]).ToArray();
        var response = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.Method = Endpoints[which].Method;
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(body);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = $"/api/v1/clients/{name}{Endpoints[which].Suffix}";
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(response));
        _clients.Made = 0;

        var bound = AllocationBound.Begin(input.Length, PerByte, Flat);
        var handling = _handlers[which](context);
        BrokenInvariantException.ThrowUnless(handling.IsCompleted, "It waits for something.");
        handling.GetAwaiter().GetResult();
        context.Response.CompleteAsync().GetAwaiter().GetResult();
        bound.End();

        // The ancestor's call is answered with 200 whatever happens.
        var status = context.Response.StatusCode;
        BrokenInvariantException.ThrowUnless(status is 200 or 202 or 204 or 400 or 404, $"HTTP {status}.");
        BrokenInvariantException.ThrowUnless(_clients.Made == (status < 300 ? 1 : 0) || (which == AncestorsCall && _clients.Made == 0), $"HTTP {status}, and {_clients.Made} calls were made.");
        if (response.Length > 0)
        {
            using var document = JsonDocument.Parse(response.GetBuffer().AsMemory(0, (int)response.Length));
            BrokenInvariantException.ThrowUnless(document.RootElement.ValueKind == JsonValueKind.Object, "The answer is no object.");
        }
    }

    // What is made once, at the first request of its kind, is not counted.
    private void WarmUp()
    {
        for (byte which = 0; which < Endpoints.Length; which++)
        {
            foreach (var rest in (ReadOnlySpan<string>)["caller/1\n{}", "caller/1\n{\"data\":{},\"reason\":\"x\",\"clinicId\":1}", "caller/1\n[", "a/\n", ""])
            {
                try
                {
                    Run([which, .. Encoding.Latin1.GetBytes(rest)]);
                }
                catch (BrokenInvariantException)
                {
                    // It is looked at when it comes again.
                }
            }
        }
    }

    private static bool Matches(RouteEndpoint endpoint, (string Method, string Pattern, string Suffix) wanted) =>
        endpoint.RoutePattern.RawText == wanted.Pattern && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(wanted.Method);

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => throw new NotSupportedException();
    }
}
