using BenchmarkDotNet.Attributes;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Swp.Clients;
using Swp.Diagnostics;
using Swp.Gateway.Diagnostics;
using Swp.Grains.Diagnostics;
using Swp.Grains.Events;

namespace Swp.Bench.Micro;

/// <summary>What counting costs on the way of a message and of a call, with and without an exporter.</summary>
[MemoryDiagnoser]
public class TelemetryBenchmarks
{
    private static readonly TimeSpan Elapsed = TimeSpan.FromMilliseconds(3);

    private readonly GatewayInstruments _gateway = new();
    private readonly OwnerInstruments _owner = new();
    private readonly ClientEvents _events = new(TimeProvider.System);
    private readonly ClientKey _client = new("caller", "999");
    private ConnectionCounts _counts = null!;
    private MeterProvider? _exporter;

    /// <summary>Whether somebody listens.</summary>
    [Params(false, true)]
    public bool Exported { get; set; }

    /// <summary>The SDK, with a reader that nobody asks.</summary>
    [GlobalSetup]
    public void Start()
    {
        _counts = _gateway.Of("caller");
        _exporter = Exported ? Sdk.CreateMeterProviderBuilder().AddMeter(SwpMeters.All).AddReader(new BaseExportingMetricReader(new NoExporter())).Build() : null;
    }

    /// <summary>Ends it.</summary>
    [GlobalCleanup]
    public void Stop() => _exporter?.Dispose();

    /// <summary>A message of a client.</summary>
    [Benchmark]
    public void Message() => _counts.OnReceived(200);

    /// <summary>A call, at its owner.</summary>
    [Benchmark]
    public void Call() => _owner.OnCallEnded("caller", oneWay: false, CallOutcome.Completed, Elapsed);

    /// <summary>The same, for the operator who may look at the client.</summary>
    [Benchmark]
    public void Event() => _events.OnCall(_client, oneWay: false, CallOutcome.Completed, Elapsed);

    /// <summary>The span of a call that nobody samples.</summary>
    [Benchmark]
    public bool Span() => CallSpans.StartAtOwner(_call, new ClientKey("caller", "999"), oneWay: false) is null;

    private readonly CallRequest _call = new();

    private sealed class NoExporter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
