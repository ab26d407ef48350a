using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serilog;
using StackExchange.Redis;
using Swp.Cluster.Diagnostics;
using Swp.Cluster.Hosting;
using Swp.Cluster.Logging;
using Swp.Cluster.Membership;

namespace Swp.Cluster.Startup;

/// <summary>Runs a member: logging, a clear line when it cannot start, a graceful stop.</summary>
public static partial class SwpProgram
{
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(5);

    // An expelled member is in a hurry: its restart heals the cluster, and the members that its grains would move to are ending as well.
    private static readonly TimeSpan LastResortOfTheExpelled = TimeSpan.FromSeconds(7);

    // Kept, or the garbage collector would end it.
    private static ITimer? s_lastResort;
    private static string s_name = "swp";
    private static int s_ending;

    /// <summary>Builds and runs a member until it is told to stop.</summary>
    /// <param name="name">The program's name, for messages.</param>
    /// <param name="help">What <c>--help</c> prints.</param>
    /// <param name="args">The command line.</param>
    /// <param name="build">Adds the member's services and builds it.</param>
    /// <param name="ready">What is printed once it is ready.</param>
    /// <returns>The process's exit code: 0 after a stop, 1 when it could not start or failed.</returns>
    public static async Task<int> RunAsync(
        string name,
        string help,
        string[] args,
        Func<WebApplicationBuilder, Task<WebApplication>> build,
        Func<WebApplication, string> ready)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
        {
            Console.WriteLine(help);
            return 0;
        }

        s_name = name;
        try
        {
            var builder = WebApplication.CreateBuilder(args);
            builder.AddSwpSettings();
            KnownSettings.Check(builder.Configuration);
            builder.AddSwpLogging();
            builder.AddSwpTelemetry(name);
            await using var app = await build(builder);
            EndForSure(app);
            await app.StartAsync();
            SayReady(app, ready(app));
            await app.WaitForShutdownAsync();
            return HasFailed(app) ? 1 : 0;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"{name}: {Describe(e)}");
            Log.Debug(e, "The start failed");
            return 1;
        }
        finally
        {
            await Log.CloseAndFlushAsync();
        }
    }

    /// <summary>Checks that Redis answers.</summary>
    /// <exception cref="StartupException">No connection string, or nobody answers.</exception>
    public static async Task CheckRedisAsync(SwpClusterOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Redis))
        {
            throw new StartupException("Swp:Redis is missing: the connection string of the cluster's Redis, for example 127.0.0.1:6379.");
        }

        try
        {
            var configuration = ConfigurationOptions.Parse(options.Redis);
            configuration.AbortOnConnectFail = true;
            configuration.ConnectTimeout = 5000;
            configuration.ConnectRetry = 1;
            await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
            await redis.GetDatabase().PingAsync();
        }
        catch (Exception e) when (e is RedisException or ArgumentException or TimeoutException)
        {
            // Without its endpoints' passwords.
            throw new StartupException($"Swp:Redis: {Endpoints(options.Redis)} does not answer.", e);
        }
    }

    /// <summary>A graceful stop may take as long as its slowest part.</summary>
    public static void AddSwpShutdown(this IServiceCollection services, SwpClusterOptions options) =>
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = options.ShutdownTimeout;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });

    /// <summary>Ends the process at once, with a line that says why: the first reason counts.</summary>
    internal static void EndNow(string reason)
    {
        if (Interlocked.Exchange(ref s_ending, 1) != 0)
        {
            return;
        }

        Console.Error.WriteLine($"{s_name}: {reason}: the process ends now.");
        Environment.Exit(1);
    }

    private static void AddSwpSettings(this WebApplicationBuilder builder)
    {
        SettingsWatch.NameBrokenFiles(builder.Configuration);
        if (SettingsDirectory.AddTo(builder.Configuration) is { } directory)
        {
            builder.Services.AddSingleton(directory);
            builder.Services.AddHostedService<SettingsWatch>();
        }
    }

    // Whatever collects the lines of a container takes no other one among them.
    private static void SayReady(WebApplication app, string text)
    {
        if (LogOptions.Read(app.Configuration).Format == LogFormat.Json)
        {
            LogReady(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SwpProgram)), text);
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Text}")]
    private static partial void LogReady(Microsoft.Extensions.Logging.ILogger logger, string text);

    // The runtime has been seen to hang in its own shutdown while Redis was away: a supervisor must not wait for ever.
    private static void EndForSure(WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var patience = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + LastResort;
        var expulsion = app.Services.GetRequiredService<Expulsion>();
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            if (expulsion.Reason is { } reason)
            {
                Console.Error.WriteLine($"{s_name}: {reason}. This member stops, so that no second cluster forms beside it: its supervisor should start it again.");
                patience = LastResortOfTheExpelled;
            }

            s_lastResort = time.CreateTimer(
                _ => EndNow($"the stop did not end within {patience}"),
                null,
                patience,
                Timeout.InfiniteTimeSpan);
        });
    }

    // A member that was expelled, or whose background service died, did not stop because it was told to: a supervisor is to start it again.
    private static bool HasFailed(WebApplication app) =>
        app.Services.GetRequiredService<Expulsion>().Reason is not null
        || app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });

    private static string Describe(Exception e) => e switch
    {
        OptionsValidationException invalid => string.Join(" ", invalid.Failures),
        AggregateException { InnerException: { } inner } => Describe(inner),
        _ => e.Message.ReplaceLineEndings(" "),
    };

    private static string Endpoints(string redis)
    {
        try
        {
            return string.Join(", ", ConfigurationOptions.Parse(redis).EndPoints.Select(endpoint => endpoint.ToString()!.Replace("Unspecified/", "", StringComparison.Ordinal)));
        }
        catch (ArgumentException)
        {
            return "the connection string is malformed; it";
        }
    }
}
