using System.Globalization;

namespace Swp.Bench.Servers;

/// <summary>What the contender's processes take, all of them together, from <c>/proc</c> (proc(5)).</summary>
public sealed class ServerWatch(IReadOnlyList<int> pids)
{
    // USER_HZ, which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor time used so far.</summary>
    public double CpuSeconds => Sum(pid =>
    {
        // The name of the program, in parentheses, may hold anything; utime and stime are the 12th and 13th field behind it.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Parse(fields[11]) + Parse(fields[12])) / TicksPerSecond;
    });

    /// <summary>Bytes that are resident now; what processes share counts once.</summary>
    public double MemoryBytes => Sum(pid => Kilobytes($"/proc/{pid}/smaps_rollup", "Pss:"));

    /// <summary>The most bytes that each was resident with, added up.</summary>
    public double PeakMemoryBytes => Sum(pid => Kilobytes($"/proc/{pid}/status", "VmHWM:"));

    private double Sum(Func<int, double> of) => pids.Where(pid => Directory.Exists($"/proc/{pid}")).Sum(of);

    private static double Kilobytes(string file, string member)
    {
        var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(member, StringComparison.Ordinal));
        return line is null ? 0 : 1024 * Parse(line[member.Length..].Replace("kB", "", StringComparison.Ordinal));
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
