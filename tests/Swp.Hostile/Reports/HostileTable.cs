using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Swp.Hostile.Running;

namespace Swp.Hostile.Reports;

/// <summary>What was tried and what came of it, as Markdown.</summary>
internal static class HostileTable
{
    public static string Write(IReadOnlyList<AttackResult> results, string? commit)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores shared by the attackers, the caller and the server, .NET {Environment.Version}.{(commit is null ? "" : $" Commit {commit}.")}");
        text.AppendLine();
        text.AppendLine("| attack | input | tried | took | memory before → peak, MiB | others' p99 before → during, ms | others' calls | outcome |");
        text.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| `{result.Attack.Name}` | {result.Attack.What} | {Tried(result)} | {result.Took.TotalSeconds:0.0} s | {result.MemoryBefore / 1024} → {result.MemoryPeak / 1024} | {Milliseconds(result.P99Before)} → {Milliseconds(result.P99During)} | {Calls(result)} | {Ends(result)} |");
        }

        return text.ToString();
    }

    /// <summary>What was not as it must be.</summary>
    public static string WriteFaults(IEnumerable<AttackResult> results) =>
        string.Join('\n', results.SelectMany(result => result.Faults.Select(fault => $"{result.Attack.Name}: {fault}")));

    private static string Tried(AttackResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Count:N0}{(result.Messages > 0 ? $" ({result.Messages:N0} messages)" : "")}");

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0}");

    private static string Calls(AttackResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Calls:N0}, {(result.FailedCalls.Count == 0 ? "all completed" : $"{result.FailedCalls.Count} failed")}");

    private static string Ends(AttackResult result) =>
        string.Join("; ", result.Ends.OrderByDescending(end => end.Value).Select(end => string.Create(CultureInfo.InvariantCulture, $"{end.Key} × {end.Value:N0}")));
}
