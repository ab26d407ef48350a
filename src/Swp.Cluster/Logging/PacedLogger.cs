using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Swp.Cluster.Logging;

/// <summary>
/// Lets through so many lines of a kind in a while, and says with the next how many it has left out: for what clients can bring about, which must not
/// fill the disk. Below Information everything passes: whoever turns that on wants all of it. There are as many kinds as the code has.
/// </summary>
internal sealed partial class PacedLogger<T>(ILogger<T> inner, TimeProvider time) : ILogger<T>
{
    /// <summary>How many lines of a kind pass in an interval.</summary>
    public const int Lines = 10;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<EventId, Pace> _paces = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Information && inner.IsEnabled(logLevel))
        {
            if (!_paces.GetOrAdd(eventId, static _ => new Pace()).TryPass(time, out var leftOut))
            {
                return;
            }

            if (leftOut > 0)
            {
                LogLeftOut(inner, eventId.Name, leftOut);
            }
        }

        inner.Log(logLevel, eventId, state, exception, formatter);
    }

    [LoggerMessage(LogLevel.Information, "{Count} lines more of the kind {Kind} were left out")]
    private static partial void LogLeftOut(ILogger logger, string? kind, long count);

    private sealed class Pace
    {
        private readonly Lock _gate = new();
        private long _since;
        private int _passed;
        private long _leftOut;

        public bool TryPass(TimeProvider time, out long leftOut)
        {
            lock (_gate)
            {
                if (_passed == 0 || time.GetElapsedTime(_since) >= Interval)
                {
                    (_since, _passed) = (time.GetTimestamp(), 0);
                }

                if (_passed >= Lines)
                {
                    leftOut = 0;
                    _leftOut++;
                    return false;
                }

                _passed++;
                (leftOut, _leftOut) = (_leftOut, 0);
                return true;
            }
        }
    }
}
