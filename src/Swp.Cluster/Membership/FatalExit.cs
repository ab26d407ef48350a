using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Swp.Cluster.Startup;

namespace Swp.Cluster.Membership;

/// <summary>
/// Ends the process when the runtime cannot go on, above all when the others have declared this member dead: with a line that says so and exit
/// code 1. The runtime's own handler waits two seconds, in which a member that is fenced goes on, and aborts with a dump.
/// </summary>
internal sealed partial class FatalExit(ILogger<FatalExit> logger) : IFatalErrorHandler
{
    // The words of the runtime, which may find out before the watch does.
    private const string ToldDead = "told I am dead";

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        var why = context?.Contains(ToldDead, StringComparison.Ordinal) == true ? $"the cluster has declared it dead: {context}" : context;
        LogFatal(logger, exception, why);
        SwpProgram.EndNow($"this member cannot go on, its supervisor should start it again ({Describe(why, exception)})");
    }

    private static string Describe(string? context, Exception? exception) =>
        $"{context} {exception?.Message}".ReplaceLineEndings(" ").Trim();

    [LoggerMessage(LogLevel.Critical, "The member cannot go on: {Context}")]
    private static partial void LogFatal(ILogger logger, Exception? exception, string? context);
}
