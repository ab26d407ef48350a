using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Swp.Hostile.Attacks;
using Swp.Hostile.Measuring;
using Swp.Hostile.Victims;
using Swp.Testing.Processes;

namespace Swp.Hostile.Running;

/// <summary>A server, a well-behaved client that is called all the time, and one attack after another.</summary>
internal sealed partial class HostileRun : IAsyncDisposable
{
    /// <summary>What the collector may leave lying of an attack, in KiB, beside what the attack may cost.</summary>
    private const long MemorySlack = 160 * 1024;

    /// <summary>Attackers and server share the machine: what is looked for is a client that waits for others, and not for a processor.</summary>
    private static readonly TimeSpan LongestP99 = TimeSpan.FromSeconds(5);

    /// <summary>More lines than this are one for each of many.</summary>
    private const int MaxLogLines = 20;

    private readonly HostileOptions _options;
    private readonly SwpProcess _server;
    private readonly Victim _victim;
    private readonly ProcessMemory _memory;

    private HostileRun(HostileOptions options, SwpProcess server, Victim victim)
    {
        _options = options;
        _server = server;
        _victim = victim;
        _memory = new ProcessMemory(server.Id);
    }

    /// <summary>Starts the server, and the calls.</summary>
    public static async Task<HostileRun> StartAsync(HostileOptions options)
    {
        var server = SwpProcess.Standalone(options.Settings);
        try
        {
            await server.StartAsync();
            var victim = await Victim.StartAsync(server);

            // The first calls of a process are slow.
            await Task.Delay(TimeSpan.FromSeconds(options.IsShort ? 3 : 10));
            return new HostileRun(options, server, victim);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Attacks, and measures what comes of it.</summary>
    public async Task<AttackResult> RunAsync(Attack attack, CancellationToken cancellationToken)
    {
        var quiet = Stopwatch.GetTimestamp();
        await Task.Delay(_options.Quiet, cancellationToken);
        var before = _victim.TakeSince(quiet);
        var (log, memory) = (_server.Log.Text.Length, _memory.Resident);
        _memory.ResetPeak();

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Limit);
        var faults = new List<string>();
        var count = _options.IsShort ? attack.ShortCount : attack.Count;
        var assault = new Assault(_server, count, _options.FloodLength, limit.Token);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await attack.RunAsync(assault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            faults.Add($"After {_options.Limit.TotalSeconds:0} s attackers are still not sent away.");
        }

        var result = new AttackResult
        {
            Attack = attack,
            Count = count,
            Messages = assault.Messages,
            Took = Stopwatch.GetElapsedTime(began),
            Ends = assault.Ends,
            MemoryBefore = memory,
            MemoryPeak = _server.IsRunning ? _memory.Peak : 0,
            P99Before = P99(before),
            P99During = default,
            Calls = 0,
            FailedCalls = [],
            LogLines = [.. _server.Log.After(log).Split('\n', StringSplitOptions.RemoveEmptyEntries)],
            Faults = faults,
        };

        // The last calls are still under way.
        await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        var during = _victim.TakeSince(began);
        result = result with
        {
            P99During = P99(during),
            Calls = during.Count,
            FailedCalls = [.. during.Where(call => call.Outcome != "completed").Select(call => call.Outcome)],
        };
        faults.AddRange(FaultsOf(result));
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await _victim.DisposeAsync();
        await _server.DisposeAsync();
    }

    private IEnumerable<string> FaultsOf(AttackResult result)
    {
        if (!_server.IsRunning)
        {
            yield return "The server has ended.";
        }

        if (!_victim.IsConnected)
        {
            yield return "The well-behaved client was sent away.";
        }

        foreach (var (end, times) in result.Ends.Where(end => !result.Attack.Ends.Contains(end.Key)))
        {
            yield return $"{times} attackers ended with {end}.";
        }

        if (result.FailedCalls.Count > 0)
        {
            yield return $"{result.FailedCalls.Count} of {result.Calls} calls to the well-behaved client did not complete: {string.Join(", ", result.FailedCalls.Distinct())}.";
        }

        if (result.P99During > LongestP99)
        {
            yield return $"Calls to the well-behaved client took {result.P99During.TotalMilliseconds:0} ms (p99).";
        }

        var allowed = MemorySlack + ((long)result.Attack.KiBEach * result.Count);
        if (result.MemoryGrowth > allowed)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The server's memory grew by {result.MemoryGrowth / 1024} MiB; {allowed / 1024} MiB are allowed.");
        }

        if (result.LogLines.Count > MaxLogLines || result.LogLines.Any(line => SeriousLine().IsMatch(line) || line.StartsWith(NameAttacks.Forged, StringComparison.Ordinal)))
        {
            yield return $"The server has logged {result.LogLines.Count} lines: {string.Join(" | ", result.LogLines.Take(5))}.";
        }
    }

    private static TimeSpan P99(IReadOnlyList<VictimCall> calls) =>
        calls.Count == 0 ? TimeSpan.Zero : calls.Select(call => call.Took).Order().ElementAt((int)((calls.Count - 1) * 0.99));

    // The runtime says when the machine is too busy for it, and so does the embedded store, once each time: how much that matters, the calls say.
    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d{3} (WRN|ERR|FTL) (?!Orleans\.Runtime\.|Swp\.Grains\.Storage\.ClientRecordStore )")]
    private static partial Regex SeriousLine();
}
