using Microsoft.Extensions.Logging;

namespace Swp.Standalone.Storage;

/// <summary>Passes on what Garnet logs from <see cref="LogLevel.Warning"/> upwards, with a common category prefix.</summary>
internal sealed class GarnetLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    /// <summary>Whether the server is being stopped: Garnet then reports the cancelling of its own tasks as errors.</summary>
    public bool Stopping { get; set; }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, inner.CreateLogger("Garnet." + categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The inner factory belongs to the host.
    }

    private sealed class Logger(GarnetLoggerFactory owner, ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && !(owner.Stopping && exception is OperationCanceledException))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
