using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Swp.EndToEnd.Tests.Telemetry;

/// <summary>An OpenTelemetry collector as far as a sender sees one (OTLP over HTTP): keeps what it is sent.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new();
    private readonly WebApplication _app;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", ReceiveAsync);
    }

    public string Url => _app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Whether what came for a signal names <paramref name="text"/>: in protobuf a text stands as it is.</summary>
    public bool Has(string signal, string text)
    {
        if (!_received.TryGetValue(signal, out var received))
        {
            return false;
        }

        lock (received)
        {
            return received.ToString().Contains(text, StringComparison.Ordinal);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var received = _received.GetOrAdd(signal, static _ => new StringBuilder());
        lock (received)
        {
            received.Append(Encoding.Latin1.GetString(body.ToArray()));
        }
    }
}
