using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Swp.Bench.Contenders;
using Swp.Testing.Processes;

namespace Swp.Bench.Running;

/// <summary>Runs the load in a process of its own and reads what it found.</summary>
internal static class LoadRun
{
    /// <summary>Runs one scenario of the load against a contender.</summary>
    /// <exception cref="InvalidOperationException">The load has failed.</exception>
    public static async Task<IReadOnlyDictionary<string, double>> RunAsync(
        Topology topology,
        string scenario,
        IReadOnlyDictionary<string, double> options,
        CancellationToken cancellationToken)
    {
        List<string> arguments =
        [
            BuiltProgram.Find("Swp.Bench.Load"), scenario,
            "--dialect", topology.Dialect,
            "--servers", string.Join(',', topology.Servers.AsEnumerable()),
            "--pids", .. topology.Pids.Select(pid => $"{pid}"),
        ];
        if (topology.Refuge.Length > 0)
        {
            arguments.AddRange(["--refuge", string.Join(',', topology.Refuge.AsEnumerable())]);
        }

        if (topology.Control is { } control)
        {
            arguments.AddRange(["--control", $"{control}"]);
        }

        if (topology.Entry is { } entry)
        {
            arguments.AddRange(["--entry", $"{entry}"]);
        }

        if (topology.Victim is { } victim)
        {
            arguments.AddRange(["--victim", $"{victim}"]);
        }

        foreach (var (name, value) in options)
        {
            arguments.AddRange([$"--{name}", value.ToString(CultureInfo.InvariantCulture)]);
        }

        return await RunAsync(arguments, cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, double>> RunAsync(List<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // What a socket brings is dealt with on the thread that polls it: a hop less, which is the load's own affair.
            Environment = { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" },
        };
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<Dictionary<string, double>>(await output)!
                : throw new InvalidOperationException($"The load ended with code {process.ExitCode}: {Reason(await error)}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    // The message of what it threw, without the stack.
    private static string Reason(string error) => string.Join(' ', error.Split('\n').Select(line => line.Trim()).TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal))).Trim();
}
