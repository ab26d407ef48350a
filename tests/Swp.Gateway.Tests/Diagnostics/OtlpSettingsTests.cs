using Microsoft.Extensions.Configuration;
using Swp.Cluster.Diagnostics;

namespace Swp.Gateway.Tests.Diagnostics;

public sealed class OtlpSettingsTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4317", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_METRICS_EXPORTER=none", false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_METRICS_EXPORTER=prometheus", false, true)]
    [InlineData("OTEL_TRACES_EXPORTER=otlp", false, true)]
    [InlineData("OTEL_METRICS_EXPORTER=prometheus, otlp", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317;OTEL_SDK_DISABLED=true", false, false)]
    public void Collector_IsUsed_WhereTheEnvironmentNamesOne(string environment, bool metrics, bool traces)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(environment.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]))
            .Build();
        var settings = new OtlpSettings(configuration);
        Assert.Equal((metrics, traces), (settings.Metrics, settings.Traces));
    }
}
