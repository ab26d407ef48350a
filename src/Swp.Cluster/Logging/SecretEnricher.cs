using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace Swp.Cluster.Logging;

/// <summary>
/// Keeps tokens out of what is logged. Swp logs none, but whoever has the web server log its requests logs their query strings, and a browser's client
/// has no other place for its token.
/// </summary>
internal sealed partial class SecretEnricher : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        List<LogEventProperty>? cleaned = null;
        foreach (var (name, value) in logEvent.Properties)
        {
            if (value is ScalarValue { Value: not null } scalar && scalar.Value.ToString() is { } text && text.Contains("access_token=", StringComparison.OrdinalIgnoreCase))
            {
                (cleaned ??= []).Add(new LogEventProperty(name, new ScalarValue(Token().Replace(text, "$1***"))));
            }
        }

        foreach (var property in cleaned ?? [])
        {
            logEvent.AddOrUpdateProperty(property);
        }
    }

    [GeneratedRegex("(access_token=)[^&\\s\"]*", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
