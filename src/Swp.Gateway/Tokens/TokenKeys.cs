using Swp.Cluster.Startup;

namespace Swp.Gateway.Tokens;

/// <summary>
/// The keys in force. One loop reads them: when they are due, and when a token names a key that is unknown, but never sooner than
/// <see cref="TokenOptions.MinRefreshInterval"/> after the last time. Who asks meanwhile waits for the next reading, together with everybody else who does.
/// The framework's own cache of published keys goes by the wall clock and cannot be waited for: it would refuse the first tokens of a new key.
/// </summary>
internal sealed partial class TokenKeys : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly Source[] _sources;
    private readonly TokenOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TokenKeys> _logger;
    private volatile VerificationKey[] _current = [];
    private TaskCompletionSource _asked = NewSignal();
    private TaskCompletionSource<bool> _reading = NewReading();
    private bool _ended;

    public TokenKeys(IEnumerable<IKeySource> sources, TokenOptions options, TimeProvider time, ILogger<TokenKeys> logger)
    {
        _sources = [.. sources.Select(source => new Source(source))];
        (_options, _time, _logger) = (options, time, logger);
    }

    /// <summary>Whether there is anywhere to have keys from.</summary>
    public bool IsConfigured => _sources.Length > 0;

    /// <summary>The keys as they were last read.</summary>
    public IReadOnlyList<VerificationKey> Current => _current;

    /// <summary>The sources that the options name. Files are read once, so that a bad one stops the start.</summary>
    /// <exception cref="StartupException">A file holds no keys.</exception>
    public static IReadOnlyList<IKeySource> SourcesOf(TokenOptions options, TimeProvider time)
    {
        var sources = new List<IKeySource>();
        AddFile(nameof(TokenOptions.KeyFile), options.KeyFile, KeyReader.ReadFile);
        AddFile(nameof(TokenOptions.SecretFile), options.SecretFile, KeyReader.ReadSecret);
        if (options.JwksUrl is { } url)
        {
            sources.Add(new JwksDocument($"{TokenOptions.Section}:{nameof(TokenOptions.JwksUrl)}", new Uri(url), JwksDocument.CreateHttp(), time));
        }

        return sources;

        void AddFile(string name, string? path, Func<string, VerificationKey[]> parse)
        {
            if (path is null)
            {
                return;
            }

            var setting = $"{TokenOptions.Section}:{name}";
            var file = new KeyFile(setting, path, parse);
            try
            {
                _ = file.Read();
            }
            catch (KeyException e)
            {
                throw new StartupException($"{setting} = {path}: {e.Message}", e);
            }

            sources.Add(file);
        }
    }

    /// <summary>Waits until the keys have been read once more, beginning after this call.</summary>
    /// <returns>Whether all could be read.</returns>
    public Task<bool> ReadAgainAsync()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return Task.FromResult(false);
            }

            _asked.TrySetResult();
            return _reading.Task;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsConfigured)
        {
            return;
        }

        try
        {
            while (true)
            {
                var reading = Begin();
                var isComplete = await ReadAsync(stoppingToken);
                reading.TrySetResult(isComplete);
                await Task.Delay(_options.MinRefreshInterval, _time, stoppingToken);
                if (isComplete)
                {
                    await WaitUntilDueOrAskedAsync(stoppingToken);
                }
            }
        }
        finally
        {
            End();
        }
    }

    private TaskCompletionSource<bool> Begin()
    {
        lock (_gate)
        {
            _asked = NewSignal();
            var reading = _reading;
            _reading = NewReading();
            return reading;
        }
    }

    // Nobody is left waiting.
    private void End()
    {
        lock (_gate)
        {
            _ended = true;
            _reading.TrySetResult(false);
        }
    }

    private async Task WaitUntilDueOrAskedAsync(CancellationToken stopping)
    {
        var due = _options.RefreshInterval - _options.MinRefreshInterval;
        if (due <= TimeSpan.Zero)
        {
            return;
        }

        Task asked;
        lock (_gate)
        {
            asked = _asked.Task;
        }

        try
        {
            await asked.WaitAsync(due, _time, stopping);
        }
        catch (TimeoutException)
        {
            // Due.
        }
    }

    private async Task<bool> ReadAsync(CancellationToken stopping)
    {
        var isComplete = true;
        foreach (var source in _sources)
        {
            try
            {
                source.Keys = await source.Reader.ReadAsync(stopping);
                if (source.Failed)
                {
                    source.Failed = false;
                    LogRead(_logger, source.Reader.Setting);
                }
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                // What was read last stays in force: who publishes the keys may be down for longer than a token lives.
                isComplete = false;
                if (!source.Failed)
                {
                    source.Failed = true;
                    LogNotRead(_logger, source.Reader.Setting, e.Message, source.Keys.Length);
                }
            }
        }

        _current = [.. _sources.SelectMany(source => source.Keys)];
        return isComplete;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<bool> NewReading() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "{Setting}: the keys cannot be read, and are tried again: {Reason} The {Count} that were read before stay in force")]
    private static partial void LogNotRead(ILogger logger, string setting, string reason, int count);

    [LoggerMessage(LogLevel.Information, "{Setting}: the keys can be read again")]
    private static partial void LogRead(ILogger logger, string setting);

    private sealed class Source(IKeySource reader)
    {
        public IKeySource Reader => reader;

        public VerificationKey[] Keys { get; set; } = [];

        public bool Failed { get; set; }
    }
}
