using System.Diagnostics.Metrics;

namespace Swp.Grains.Diagnostics;

/// <summary>What an owner counts.</summary>
internal sealed class OwnerInstruments : IDisposable
{
    public const string MeterName = "Swp.Owner";

    private readonly Meter _meter = new(MeterName);

    public OwnerInstruments()
    {
        DroppedAnswers = _meter.CreateCounter<long>("swp.answers.dropped", "{answer}", "Answers to an unknown, expired or already answered uuid.");
        StaleFrames = _meter.CreateCounter<long>("swp.frames.stale", "{frame}", "Frames of a connection that no longer speaks for its client.");
        FailedQueries = _meter.CreateCounter<long>("swp.queries.failed", "{query}", "Queries whose handler threw.");
    }

    public Counter<long> DroppedAnswers { get; }

    public Counter<long> StaleFrames { get; }

    public Counter<long> FailedQueries { get; }

    public void Dispose() => _meter.Dispose();
}
