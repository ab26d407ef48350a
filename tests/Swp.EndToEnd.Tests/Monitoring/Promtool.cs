using System.ComponentModel;
using System.Diagnostics;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Monitoring;

/// <summary>Prometheus' own checker.</summary>
internal static class Promtool
{
    public static string Directory => Path.Combine(BuiltProgram.Root, "deploy", "monitoring");

    /// <summary>It finds nothing wrong.</summary>
    public static async Task AcceptsAsync(string[] arguments, string? input = null)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("promtool is missing: apt-get install prometheus.", e);
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync().DefaultTimeout();
            Assert.True(process.ExitCode == 0, $"promtool {string.Join(' ', arguments)}: {await output}{await errors}");
        }
    }
}
