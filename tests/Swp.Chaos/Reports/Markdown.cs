using System.Globalization;
using System.Text;
using Swp.Chaos.Checking;
using Swp.Chaos.Schedules;

namespace Swp.Chaos.Reports;

/// <summary>A report as Markdown.</summary>
internal static class Markdown
{
    public static string Write(Report report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {report.Seed}; {report.Clients} clients, {report.Rate} calls/s, {report.Length.TotalMinutes:0.0} min, {report.Calls} calls. {report.Machine}.{(report.Commit is null ? "" : $" Commit {report.Commit}.")}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Between the faults a call took {ReportText.Seconds(report.P50)} (p50), {ReportText.Seconds(report.P99)} (p99). Calls that found no entry: {report.Refused}. The harness stood still for {ReportText.Seconds(report.Stalls)}.");
        text.AppendLine();
        text.AppendLine("| fault | times | calls under way (of affected clients) | outcomes | callable again p50 / max | open calls settled (max) | reconnects | hung | wrong |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var row in report.Rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| `{row.Fault}` | {row.Times} | {row.UnderWay} ({row.UnderWayAffected}) | {ReportText.Outcomes(row.Outcomes)} | {ReportText.Callable(row.Callable)} | {ReportText.Seconds(row.Settled)} | {row.Reconnects} | {row.Hung} | {row.Wrong} |");
        }

        text.AppendLine();
        foreach (var (row, notes) in report.Rows.Select(row => (row, NotesOf(row))).Where(pair => pair.Item2.Count > 0))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{row.Fault}`: {string.Join("; ", notes)}");
        }

        foreach (var fault in report.NotRun)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- `{fault}`: not run: {FaultCatalogue.CutsNeed}");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Hung {report.Count(ViolationKind.Hung)}, wrong {report.Count(ViolationKind.Wrong)}, ended unplanned {report.Count(ViolationKind.Unplanned)}.");
        return text.ToString();
    }

    private static List<string> NotesOf(ReportRow row) =>
        row.OthersP99 is null ? [.. row.Notes] : [.. row.Notes, $"calls to clients that were not affected took {ReportText.Seconds(row.OthersP99)} (p99)"];

    /// <summary>The first of each rule's violations with everything that is known of them.</summary>
    public static string WriteViolations(Report report, int storiesOfEach)
    {
        var text = new StringBuilder();
        foreach (var rule in report.Violations.GroupBy(violation => violation.Rule))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{rule.Key}: {rule.Count()}");
            foreach (var violation in rule.Take(storiesOfEach))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {violation}");
                foreach (var line in Checker.Story(violation, report.Log))
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"      {line}");
                }
            }
        }

        return text.ToString();
    }
}
