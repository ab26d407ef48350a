using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Swp.Testing.Logging;

/// <summary>Keeps what is logged.</summary>
public class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<(string Line, Exception? Exception)> _lines = new();

    public IReadOnlyCollection<(string Line, Exception? Exception)> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(($"{logLevel}: {formatter(state, exception)}", exception));
}

/// <inheritdoc/>
public sealed class RecordingLogger<T> : RecordingLogger, ILogger<T>;
