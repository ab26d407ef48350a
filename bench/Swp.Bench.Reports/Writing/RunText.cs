using System.Globalization;
using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Reports.Writing;

/// <summary>What a run was, in a line.</summary>
internal static class RunText
{
    public static string Of(BenchRun run)
    {
        var machine = run.Machine;
        var processor = machine.Processor is null ? "" : $" of {machine.Processor}";
        var commit = run.Commit is null ? "" : $" Commit {run.Commit}.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{machine.Cores} cores{processor}, {machine.MemoryBytes / (double)(1 << 30):0.0} GiB, {machine.Os}, .NET {machine.DotNet}. {run.Date.UtcDateTime:yyyy-MM-dd HH:mm} UTC.{commit}");
    }
}
