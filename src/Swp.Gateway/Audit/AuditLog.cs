using Swp.Cluster.Logging;
using Swp.Gateway.Api;
using Swp.Gateway.Keys;
using Swp.Gateway.Refusals;
using Swp.Overview;

namespace Swp.Gateway.Audit;

/// <summary>
/// Who did what to whom, from where, and what came of it; and who was refused. The category <c>Swp.Audit</c>, one line each. No token and no payload
/// is in it, and no name in it can begin a line of its own.
/// </summary>
internal sealed partial class AuditLog(ILoggerFactory loggers, RefusalBook book)
{
    public const string Category = "Swp.Audit";
    private const int MaxText = 200;

    private readonly ILogger _logger = loggers.CreateLogger(Category);
    private readonly RefusalCounter _refusals = new();

    /// <summary>An administrative act has ended.</summary>
    public void Done(HttpContext context, AuditedAct act, string result) =>
        LogDone(_logger, act.Name, TargetOf(context), ApiKeyIdentity.NameOf(context.User), FromOf(context), result);

    /// <summary>Somebody has signed in or out with a browser.</summary>
    public void Session(HttpContext context, string act, string who) => LogSession(_logger, act, who, FromOf(context));

    /// <summary>A request was refused. Of one address the first in a while is a line, the others are counted.</summary>
    public void Refused(HttpContext context, string why)
    {
        var from = FromOf(context);
        book.Add(RefusalKind.Api, why, type: null, from);
        if (_refusals.IsFirst(from, why))
        {
            LogRefused(_logger, SafeText.Of(context.Request.Method, MaxText), SafeText.Of(context.Request.Path.Value, MaxText) ?? "/", ApiKeyIdentity.NameOf(context.User), from, why);
        }
    }

    /// <summary>Writes down how many refusals were only counted.</summary>
    public void SumUp()
    {
        foreach (var (from, why, count) in _refusals.Take())
        {
            LogMore(_logger, count, from, why);
        }
    }

    private static string FromOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "nowhere";

    private static string TargetOf(HttpContext context) => SafeText.Of(
        ClientRoute.TryRead(context, out var type, out var id) && context.GetRouteValue("id") is not null ? $"{type}/{id}" : ClientRoute.TypeOf(context) ?? "everybody",
        MaxText);

    [LoggerMessage(LogLevel.Information, "{Act} {Target} by {Who} from {From}: {Result}")]
    private static partial void LogDone(ILogger logger, string act, string target, string who, string from, string result);

    [LoggerMessage(LogLevel.Information, "{Act} by {Who} from {From}")]
    private static partial void LogSession(ILogger logger, string act, string who, string from);

    [LoggerMessage(LogLevel.Information, "refused {Method} {Path} by {Who} from {From}: {Result}")]
    private static partial void LogRefused(ILogger logger, string method, string path, string who, string from, string result);

    [LoggerMessage(LogLevel.Information, "refused {Count} more from {From}: {Result}")]
    private static partial void LogMore(ILogger logger, int count, string from, string result);
}
