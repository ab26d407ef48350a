using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Swp.Testing.Logging;

/// <summary>Keeps what is logged, by category.</summary>
public sealed class RecordingLoggers : ILoggerProvider, ILoggerFactory
{
    private readonly ConcurrentDictionary<string, RecordingLogger> _loggers = new();

    /// <summary>The lines of a category.</summary>
    public string[] LinesOf(string category) => [.. Of(category).Lines.Select(line => line.Line)];

    public ILogger CreateLogger(string categoryName) => Of(categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
        // Nothing is held.
    }

    private RecordingLogger Of(string category) => _loggers.GetOrAdd(category, _ => new RecordingLogger());
}
