using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Swp.Cluster.Files;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Swp.Cluster.Startup;

/// <summary>Takes up settings that have changed on disk, and says when they cannot be read any more: what was in force stays then.</summary>
internal sealed partial class SettingsWatch(SettingsDirectory directory, TimeProvider time, ILogger<SettingsWatch> logger) : BackgroundService
{
    /// <summary>Between two looks. A change counts at the second one that sees it.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly LastingProblem _problem = new();

    /// <summary>Has a settings file that is no JSON any more named in the log; the reader itself would keep it to itself.</summary>
    public static void NameBrokenFiles(IConfigurationManager configuration)
    {
        foreach (var source in configuration.Sources.OfType<FileConfigurationSource>())
        {
            source.OnLoadException = failure => Log.ForContext<SettingsWatch>().Error(
                "{File} cannot be read, what was in force stays: {Reason}",
                failure.Provider.Source.Path,
                failure.Exception.InnerException?.Message ?? failure.Exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    private void Look()
    {
        try
        {
            directory.Refresh();
            _problem.Clear();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_problem.IsNews(e.Message))
            {
                LogUnreadable(logger, e.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Swp:SettingsDirectory cannot be read, what was in force stays: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string reason);
}
