using System.Runtime.InteropServices;

namespace Swp.Bench.Reports.Measurements;

/// <summary>What was measured on. Figures compare only within one run on one machine.</summary>
public sealed record Machine
{
    /// <summary>How many cores contenders and load share.</summary>
    public required int Cores { get; init; }

    /// <summary>What the processes may use.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The operating system and its version.</summary>
    public required string Os { get; init; }

    /// <summary>The version of the .NET runtime.</summary>
    public required string DotNet { get; init; }

    /// <summary>The processor's model, where the system tells it.</summary>
    public string? Processor { get; init; }

    /// <summary>The machine that this runs on.</summary>
    public static Machine Here() => new()
    {
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Os = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        DotNet = Environment.Version.ToString(),
        Processor = ProcessorModel(),
    };

    private static string? ProcessorModel()
    {
        const string file = "/proc/cpuinfo";
        return File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[^1].Trim() : null;
    }
}
