using Serilog;
using Serilog.Core;
using Serilog.Events;
using Swp.Cluster.Logging;

namespace Swp.Gateway.Tests.Logging;

public sealed class SecretEnricherTests
{
    [Fact]
    public void Token_InWhatTheWebServerLogs_IsLeftOut()
    {
        var sink = new Sink();
        using var log = new LoggerConfiguration().Enrich.With<SecretEnricher>().WriteTo.Sink(sink).CreateLogger();

        log.Information("GET {Path}{Query} {Kept}", "/wss/caller", "?access_token=s3cret&x=1", 7);

        Assert.Equal("""GET "/wss/caller""?access_token=***&x=1" 7""", Assert.Single(sink.Events).RenderMessage());
    }

    private sealed class Sink : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
