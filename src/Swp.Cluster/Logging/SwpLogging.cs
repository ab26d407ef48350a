using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Swp.Cluster.Startup;

namespace Swp.Cluster.Logging;

/// <summary>What a member logs, and how.</summary>
[SettingsOf(SettingReader.Framework)]
internal static class SwpLogging
{
    private const string Levels = "Logging:LogLevel";

    /// <summary>From which level on lines are logged. The default is <c>Information</c>, of <c>Microsoft</c>, <c>Orleans</c> and <c>System</c> <c>Warning</c>.</summary>
    [Setting("level", Range = "`Trace`, `Debug`, `Information`, `Warning`, `Error`, `Critical`, `None`", Default = "`Information`, of `Microsoft`, `Orleans` and `System` `Warning`")]
    private const string Level = Levels + ":{category}";

    /// <summary>Logs to the console. Levels: those below, then the section <c>Logging:LogLevel</c>, then the section <c>Serilog</c>.</summary>
    /// <exception cref="StartupException">A setting breaks its rule.</exception>
    public static void AddSwpLogging(this WebApplicationBuilder builder)
    {
        var format = LogOptions.Read(builder.Configuration).Format;
        builder.Services.AddSerilog((_, logging) => logging
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Warning)

            // Two categories that the runtime's base class fills, and a watchdog that takes the machine's uptime for a delay at its first look.
            .MinimumLevel.Override("Swp.Gateway.Relay.GatewayService", LogEventLevel.Warning)
            .MinimumLevel.Override("Swp.Grains.Relay.OwnerService", LogEventLevel.Warning)
            .MinimumLevel.Override("Orleans.Runtime.Watchdog", LogEventLevel.Error)

            // It recommends the server collector, which the hosts do without.
            .MinimumLevel.Override("Orleans.Runtime.Silo", LogEventLevel.Error)

            // Its base class writes two lines for each refused entry: Swp.Audit has them, and counts a flood.
            .MinimumLevel.Override("Swp.Gateway.Keys.ApiKeyHandler", LogEventLevel.Warning)

            // A message that found no member is told to its caller, who acts on it: here it would be a stack for each, thousands when a member dies.
            .MinimumLevel.Override("Orleans.Messaging", LogEventLevel.Fatal)

            // A line and a stack for each record while Redis is away: ClientRecordStore says it once.
            .MinimumLevel.Override("Orleans.Persistence.RedisGrainStorage", LogEventLevel.Fatal)

            // Enabled, it makes an activity and a log scope for each request, and a socket's request lasts as long as the socket: half a kilobyte each.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)

            // It says once more, with a stack, what the last line of a failed start says in words.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .TakeLevels(builder.Configuration)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .Enrich.With<SecretEnricher>()
            .Enrich.With<SafeTextEnricher>()
            .WriteTo.Console(format == LogFormat.Json ? new RenderedCompactJsonFormatter() : new TextFormatter()));
    }

    // The names that every .NET program's operator knows. Serilog itself does not read them.
    private static LoggerConfiguration TakeLevels(this LoggerConfiguration logging, IConfiguration configuration)
    {
        foreach (var level in configuration.GetSection(Levels).GetChildren())
        {
            if (!Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var parsed))
            {
                throw new StartupException($"{level.Path} = {level.Value}: expected one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            }

            logging = level.Key.Equals("Default", StringComparison.OrdinalIgnoreCase)
                ? logging.MinimumLevel.Is(LevelOf(parsed))
                : logging.MinimumLevel.Override(level.Key, LevelOf(parsed));
        }

        return logging;
    }

    private static LogEventLevel LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => LogEventLevel.Verbose,
        LogLevel.Debug => LogEventLevel.Debug,
        LogLevel.Information => LogEventLevel.Information,
        LogLevel.Warning => LogEventLevel.Warning,
        LogLevel.Error => LogEventLevel.Error,
        LogLevel.Critical => LogEventLevel.Fatal,
        _ => LevelAlias.Off,
    };
}
