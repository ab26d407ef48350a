using System.ComponentModel;
using System.Diagnostics;
using Swp.Testing.Tasks;

namespace Swp.Testing.Networks;

/// <summary>Runs <c>ip</c> and <c>nft</c>.</summary>
internal static class NetworkCommand
{
    /// <summary>Runs a command and returns what it printed.</summary>
    /// <param name="input">What it reads from its standard input.</param>
    /// <param name="command">The program and its arguments.</param>
    public static async Task<string> RunAsync(string input, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().DefaultTimeout();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with code {process.ExitCode}: {(await error).Trim()}\n{input}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{start.FileName} cannot be started: {e.Message}.", e);
        }
    }
}
