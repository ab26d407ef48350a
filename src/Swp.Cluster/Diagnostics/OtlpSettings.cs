using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;

namespace Swp.Cluster.Diagnostics;

/// <summary>
/// Whether metrics and traces go to a collector: the standard's own names, from the environment or any other source of the configuration. An exporter
/// that is not named counts as wanted once there is an endpoint: a member that has none is not to try localhost for ever.
/// </summary>
[SettingsOf(SettingReader.Framework)]
internal sealed class OtlpSettings(IConfiguration configuration)
{
    /// <summary>Whether nothing goes to a collector.</summary>
    [Setting("`true`, `false`", Default = "`false`")]
    private const string Disabled = "OTEL_SDK_DISABLED";

    /// <summary>Where metrics or traces go to. The default is what an endpoint says: <c>otlp</c> with one, <c>none</c> without.</summary>
    [Setting("list", Range = "`otlp`, `none`", Default = "what an endpoint says: `otlp` with one, `none` without")]
    private const string Exporter = "OTEL_{signal}_EXPORTER";

    /// <summary>The collector, for metrics and traces.</summary>
    [Setting("URL")]
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The collector of metrics, or of traces.</summary>
    [Setting("URL", Default = "`OTEL_EXPORTER_OTLP_ENDPOINT`")]
    private const string EndpointOf = "OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";

    /// <summary>Whether metrics go to a collector.</summary>
    public bool Metrics => IsWanted("METRICS");

    /// <summary>Whether traces go to a collector.</summary>
    public bool Traces => IsWanted("TRACES");

    private static string Named(string setting, string signal) => setting.Replace("{signal}", signal, StringComparison.Ordinal);

    private bool IsWanted(string signal)
    {
        if (bool.TryParse(configuration[Disabled], out var disabled) && disabled)
        {
            return false;
        }

        if (configuration[Named(Exporter, signal)] is { Length: > 0 } exporters)
        {
            return exporters.Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.OrdinalIgnoreCase);
        }

        return !string.IsNullOrWhiteSpace(configuration[Endpoint]) || !string.IsNullOrWhiteSpace(configuration[Named(EndpointOf, signal)]);
    }
}
