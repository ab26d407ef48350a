using System.Diagnostics;
using HdrHistogram;

namespace Swp.Bench.Control;

/// <summary>
/// Callers that call one client after the other, each in a loop of its own. While they run they share nothing that is written: a histogram
/// each, merged at the end.
/// </summary>
/// <param name="request">How many callers, for how long, and whom they call.</param>
/// <param name="ask">Asks a client; whether it answered. What it throws is a failed call. Its token ends a call that takes <see cref="CallTimeout"/>.</param>
public sealed class CallRun(CallRunRequest request, Func<string, CancellationToken, Task<bool>> ask)
{
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _allRunning = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Timestamps. Written once, when the warm-up is over; nothing is counted before.
    private long _start = long.MaxValue;
    private long _end = long.MaxValue;
    private int _running;

    public async Task<CallRunResult> RunAsync(CancellationToken cancellationToken)
    {
        if (request.Targets.Count == 0 || request.Callers < 1)
        {
            throw new ArgumentException("A run needs targets and callers.");
        }

        var callers = Enumerable.Range(0, request.Callers).Select(_ => new Caller(this)).ToArray();
        var loops = Task.WhenAll(callers.Select(caller => caller.RunAsync(cancellationToken)));
        await _allRunning.Task;
        await Task.Delay(TimeSpan.FromSeconds(request.WarmupSeconds), cancellationToken);
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _end, now + (long)(request.Seconds * Stopwatch.Frequency));
        Volatile.Write(ref _start, now);
        await loops;
        cancellationToken.ThrowIfCancellationRequested();
        return Sum(callers);
    }

    private CallRunResult Sum(Caller[] callers)
    {
        var latency = new LongHistogram(1, Caller.LongestMicroseconds, 3);
        foreach (var caller in callers)
        {
            latency.Add(caller.Latency);
        }

        return new CallRunResult
        {
            Calls = callers.Sum(caller => caller.Calls),
            Failures = callers.Sum(caller => caller.Failures),
            Seconds = request.Seconds,
            P50Us = latency.GetValueAtPercentile(50),
            P99Us = latency.GetValueAtPercentile(99),
            MaxUs = latency.TotalCount == 0 ? 0 : latency.GetMaxValue(),
        };
    }

    private void OnRunning()
    {
        if (Interlocked.Increment(ref _running) == request.Callers)
        {
            _allRunning.SetResult();
        }
    }

    private sealed class Caller(CallRun run)
    {
        public const long LongestMicroseconds = 60_000_000;

        private static readonly double MicrosecondsPerTick = 1e6 / Stopwatch.Frequency;

        public IntHistogram Latency { get; } = new(1, LongestMicroseconds, 3);

        public long Calls { get; private set; }

        public long Failures { get; private set; }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            // Off the starter's thread: a call may go on without waiting for anything.
            await Task.Yield();
            run.OnRunning();
            using var timeout = new CallTimeoutSource(cancellationToken);
            var began = Stopwatch.GetTimestamp();
            while (began < Volatile.Read(ref run._end) && !cancellationToken.IsCancellationRequested)
            {
                var answered = await TryAskAsync(timeout.Start());
                var ended = Stopwatch.GetTimestamp();
                Count(answered, began, ended);
                began = ended;
            }
        }

        private async Task<bool> TryAskAsync(CancellationToken cancellationToken)
        {
            try
            {
                return await run.Ask(cancellationToken);
            }
            catch (Exception)
            {
                return false;
            }
        }

        // The rate counts what ends within the time. The latency counts what begins within it, so that the slow ones at the end are not left out.
        private void Count(bool answered, long began, long ended)
        {
            var start = Volatile.Read(ref run._start);
            if (ended < start)
            {
                return;
            }

            if (!answered)
            {
                Failures++;
                return;
            }

            if (ended <= Volatile.Read(ref run._end))
            {
                Calls++;
            }

            if (began >= start)
            {
                Latency.RecordValue(Math.Clamp((long)((ended - began) * MicrosecondsPerTick), 1, LongestMicroseconds));
            }
        }
    }

    private Task<bool> Ask(CancellationToken cancellationToken) => ask(request.Targets[Random.Shared.Next(request.Targets.Count)], cancellationToken);
}
