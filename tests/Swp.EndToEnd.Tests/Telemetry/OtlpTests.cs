using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Telemetry;

/// <summary>A collector that the standard's variables name gets metrics and traces.</summary>
public sealed class OtlpTests : EndToEndTest
{
    [Fact]
    public async Task A_collector_is_told_of_a_call()
    {
        var collector = await Collector.StartAsync();
        PutAway(collector);
        var server = Own(SwpProcess.Standalone(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "300"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("Swp:Name", "watched")));
        await server.StartAsync();
        var id = NewId();
        var client = await Own(server.OpenAsync("caller", id));
        client.AutoAnswer("\"secret answer\"");
        Assert.Equal("completed", (await server.Operations.CallAsync("caller", id, "\"secret question\"")).Outcome);

        foreach (var text in (string[])["swp.call", "swp.deliver", "/api/v1/clients/{type}/{id}/requests", id, "watched"])
        {
            await Eventually.True(() => collector.Has("traces", text), $"the traces name {text}");
        }

        foreach (var text in (string[])["swp.call.duration", "swp.gateway.connections.active", "dotnet.gc.pause.time", "watched"])
        {
            await Eventually.True(() => collector.Has("metrics", text), $"the metrics name {text}");
        }

        Assert.Equal(0, await server.StopAsync());
        Assert.False(collector.Has("metrics", id));
        Assert.False(collector.Has("traces", "secret"));
        Assert.False(collector.Has("traces", "/health/ready"));
    }
}
