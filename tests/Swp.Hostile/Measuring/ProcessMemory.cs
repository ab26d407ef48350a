using System.Diagnostics;
using System.Globalization;

namespace Swp.Hostile.Measuring;

/// <summary>How much memory a process has, as Linux counts it. Elsewhere the peak is not known: what is resident in the end stands for it.</summary>
internal sealed class ProcessMemory(int processId)
{
    /// <summary>Resident now, in KiB.</summary>
    public long Resident => Read("VmRSS");

    /// <summary>The most that was resident since <see cref="ResetPeak"/>, in KiB.</summary>
    public long Peak => Read("VmHWM");

    /// <summary>The peak starts anew.</summary>
    public void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText($"/proc/{processId}/clear_refs", "5");
        }
    }

    private long Read(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetProcessById(processId);
            return process.WorkingSet64 / 1024;
        }

        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
