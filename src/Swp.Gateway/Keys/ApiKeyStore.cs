using Microsoft.Extensions.Primitives;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Keys;

/// <summary>
/// The keys in force: read again whenever the configuration says that it has changed. A change that breaks a rule, or leaves no key, changes nothing:
/// a file that is half gone must not open the API.
/// </summary>
internal sealed partial class ApiKeyStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IConfiguration _configuration;
    private readonly ILogger<ApiKeyStore> _logger;
    private readonly IDisposable _changes;
    private volatile ApiKeySet _current;
    private string? _problem;

    /// <exception cref="StartupException">A key breaks a rule.</exception>
    public ApiKeyStore(IConfiguration configuration, ILogger<ApiKeyStore> logger)
    {
        _configuration = configuration;
        _logger = logger;
        _current = ApiKeyReader.Read(configuration);
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>The keys in force.</summary>
    public ApiKeySet Current => _current;

    public void Dispose() => _changes.Dispose();

    private void Reload()
    {
        lock (_gate)
        {
            try
            {
                Take(ApiKeyReader.Read(_configuration));
                _problem = null;
            }
            catch (StartupException e)
            {
                // One change of a file is told several times.
                if (_problem != e.Message)
                {
                    _problem = e.Message;
                    LogRefused(_logger, e.Message);
                }
            }
        }
    }

    private void Take(ApiKeySet next)
    {
        if (next.IsSameAs(_current))
        {
            return;
        }

        if (next.IsEmpty)
        {
            throw new StartupException($"{ApiKeyReader.Section}: no key is left. To go on without keys, start again.");
        }

        _current = next;
        LogChanged(_logger, string.Join(", ", next.Names));
    }

    [LoggerMessage(LogLevel.Information, "The API keys have changed. In force are: {Names}")]
    private static partial void LogChanged(ILogger logger, string names);

    [LoggerMessage(LogLevel.Error, "The changed API keys are refused, the old ones stay in force: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
