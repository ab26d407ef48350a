using Microsoft.Extensions.Configuration;

namespace Swp.Cluster.Diagnostics;

/// <summary>
/// Whether metrics and traces go to a collector: the standard's own names, from the environment or any other source of the configuration. An exporter
/// that is not named counts as wanted once there is an endpoint: a member that has none is not to try localhost for ever.
/// </summary>
internal sealed class OtlpSettings(IConfiguration configuration)
{
    /// <summary>Whether metrics go to a collector.</summary>
    public bool Metrics => IsWanted("METRICS");

    /// <summary>Whether traces go to a collector.</summary>
    public bool Traces => IsWanted("TRACES");

    private bool IsWanted(string signal)
    {
        if (bool.TryParse(configuration["OTEL_SDK_DISABLED"], out var disabled) && disabled)
        {
            return false;
        }

        if (configuration[$"OTEL_{signal}_EXPORTER"] is { Length: > 0 } exporters)
        {
            return exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase);
        }

        return !string.IsNullOrWhiteSpace(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) || !string.IsNullOrWhiteSpace(configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]);
    }
}
