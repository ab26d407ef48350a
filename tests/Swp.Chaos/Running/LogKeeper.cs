using System.Text.Json;
using Swp.Chaos.Logs;
using Swp.Chaos.Members;
using Swp.Chaos.Reports;
using Swp.Testing.Processes;

namespace Swp.Chaos.Running;

/// <summary>Keeps the logs of a run that went wrong, or of one whose logs were asked for.</summary>
internal static class LogKeeper
{
    public static void Keep(ChaosOptions options, Report report, ChaosCluster cluster)
    {
        if (options.LogDirectory is null && report.IsClean)
        {
            return;
        }

        var directory = Directory.CreateDirectory(options.LogDirectory ?? Path.Combine(BuiltProgram.Root, "artifacts", "chaos", $"{options.Seed}")).FullName;
        foreach (var member in cluster.AllEver)
        {
            File.WriteAllText(Path.Combine(directory, $"{member.Name}.log"), member.Process.Log.Text);
        }

        using var log = File.Create(Path.Combine(directory, "log.json"));
        JsonSerializer.Serialize(log, report.Log, LogJson.Default.RunLog);
        report.LogDirectory = directory;
    }
}
