using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Swp.Cluster.Hosting;
using Swp.Diagnostics;

namespace Swp.Cluster.Diagnostics;

/// <summary>
/// What a member tells monitoring: metrics for whoever asks at <c>/metrics</c>, and metrics and traces to a collector where the environment names one
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and its relatives).
/// </summary>
internal static class Telemetry
{
    private const string MetricsPath = "/metrics";

    /// <summary>One counts every socket as a request under way; the others take the name of a histogram's part in Prometheus.</summary>
    private static readonly string[] Dropped = ["http.server.active_requests", "dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count"];

    /// <summary>Paths that are asked every second, or whose requests last as long as a connection does.</summary>
    private static readonly PathString[] Untraced = [MetricsPath, "/health", "/wss", "/api/v1/overview/stream"];

    /// <summary>Adds the exporters.</summary>
    /// <param name="builder">The member.</param>
    /// <param name="name">Its program's name: the default of <c>OTEL_SERVICE_NAME</c>.</param>
    public static void AddSwpTelemetry(this WebApplicationBuilder builder, string name)
    {
        var settings = new OtlpSettings(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(name, serviceNamespace: "swp", serviceVersion: Version, autoGenerateServiceInstanceId: false, serviceInstanceId: InstanceOf(builder.Configuration))
                .AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(SwpMeters.All, "System.Runtime", "Microsoft.AspNetCore.Hosting");

                foreach (var dropped in Dropped)
                {
                    metrics.AddView(dropped, MetricStreamConfiguration.Drop);
                }

                metrics.AddPrometheusExporter(prometheus =>
                {
                    // A label on every line that says no more than the metric's name does.
                    prometheus.ScopeInfoEnabled = false;
                    prometheus.TranslationStrategy = PrometheusAspNetCoreTranslationStrategy.UnderscoreEscapingWithSuffixes;
                });
                if (settings.Metrics)
                {
                    metrics.AddOtlpExporter();
                }
            });
        if (settings.Traces)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(SwpTracing.SourceName)
                .AddAspNetCoreInstrumentation(http => http.Filter = IsTraced)
                .AddOtlpExporter());
        }
    }

    /// <summary>Maps the metrics for Prometheus.</summary>
    /// <returns>The endpoint, to be protected as any other one.</returns>
    public static IEndpointConventionBuilder MapMetrics(this IEndpointRouteBuilder routes)
    {
        var endpoint = routes.MapGroup("").DisableHttpMetrics();

        // Whoever makes a host of their own exports in their own way.
        if (routes.ServiceProvider.GetService<MeterProvider>() is not null)
        {
            endpoint.MapPrometheusScrapingEndpoint(MetricsPath);
        }

        return endpoint;
    }

    private static string? Version => typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    private static bool IsTraced(HttpContext context) => !Array.Exists(Untraced, path => context.Request.Path.StartsWithSegments(path));

    private static string InstanceOf(IConfiguration configuration) =>
        configuration["Swp:Name"] ?? $"{Environment.MachineName}-{configuration["Swp:SiloPort"] ?? new SwpClusterOptions().SiloPort.ToString()}";
}
