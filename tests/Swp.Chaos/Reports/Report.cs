using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Swp.Chaos.Checking;
using Swp.Chaos.Logs;
using Swp.Chaos.Running;

namespace Swp.Chaos.Reports;

/// <summary>What a run has shown.</summary>
internal sealed record Report
{
    /// <summary>The row of what belongs to no fault.</summary>
    private const string NoFault = "(none)";

    public required int Seed { get; init; }

    public required int Clients { get; init; }

    public required int Rate { get; init; }

    public required TimeSpan Length { get; init; }

    public required string Machine { get; init; }

    public string? Commit { get; init; }

    public required int Calls { get; init; }

    /// <summary>Calls that no entry took.</summary>
    public required long Refused { get; init; }

    public required TimeSpan Stalls { get; init; }

    /// <summary>Of calls that were to be answered at once, while nothing was wrong.</summary>
    public required TimeSpan? P50 { get; init; }

    /// <inheritdoc cref="P50"/>
    public required TimeSpan? P99 { get; init; }

    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>The faults that could not be done on this machine.</summary>
    public IReadOnlyList<string> NotRun { get; init; } = [];

    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>What the violations were found in.</summary>
    [JsonIgnore]
    public RunLog Log { get; init; } = new();

    /// <summary>Where the logs are kept, if they are.</summary>
    public string? LogDirectory { get; set; }

    /// <summary>Whether every promise was kept.</summary>
    public bool IsClean => Violations.Count == 0;

    public int Count(ViolationKind kind) => Violations.Count(violation => violation.Kind == kind);

    public static Report From(ChaosOptions options, RunLog log, long refused)
    {
        var violations = Checker.Check(log);
        var quiet = Latency.Of(log, (call, end) => !log.Faults.Any(fault => fault.Start <= end.At && call.Start <= fault.Settled));
        return new Report
        {
            Seed = options.Seed,
            Clients = options.Clients,
            Rate = options.Rate,
            Length = log.End,
            Machine = $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}",
            Commit = options.Commit,
            Calls = log.Calls.Count,
            Refused = refused,
            Stalls = log.Stalls.Aggregate(TimeSpan.Zero, (sum, stall) => sum + stall.Length),
            P50 = ReportText.Quantile(quiet, 0.5),
            P99 = ReportText.Quantile(quiet, 0.99),
            Rows = RowsOf(log, violations),
            Violations = violations,
            Log = log,
        };
    }

    // A violation is counted as the last fault's that had begun.
    private static List<ReportRow> RowsOf(RunLog log, IReadOnlyList<Violation> violations)
    {
        var byFault = violations.ToLookup(violation => log.Faults.LastOrDefault(fault => fault.Start <= violation.At)?.Name ?? NoFault);
        var rows = log.Faults
            .GroupBy(fault => fault.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ReportRow.From(group.Key, [.. group], log, [.. byFault[group.Key]]))
            .ToList();
        if (byFault[NoFault].Any())
        {
            rows.Add(ReportRow.From(NoFault, [], log, [.. byFault[NoFault]]));
        }

        return rows;
    }
}
