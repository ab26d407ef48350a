using Swp.Cli.Api;
using Swp.Cli.Metrics;

namespace Swp.Cli.Watching;

/// <summary>What was read at one time.</summary>
internal sealed record WatchReading(DateTimeOffset At, long Timestamp, ClientTypes Types, MetricSet Metrics);
