using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace Swp.Cluster.Logging;

/// <summary>
/// One line an event, for a terminal: time, level, category, message, and the span it belongs to. An exception stands below, indented. Whatever a value
/// holds, it can neither begin a line of its own nor speak to the terminal.
/// </summary>
internal sealed class TextFormatter : ITextFormatter
{
    private const string Indent = "   ";

    private readonly MessageTemplateTextFormatter _message = new("{Message:lj}", CultureInfo.InvariantCulture);
    private readonly MessageTemplateTextFormatter _head = new("{Timestamp:HH:mm:ss.fff} {Level:u3} ", CultureInfo.InvariantCulture);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        _head.Format(logEvent, output);
        if (logEvent.Properties.TryGetValue("SourceContext", out var source) && source is ScalarValue { Value: string category })
        {
            output.Write(SafeText.Of(category));
            output.Write(' ');
        }

        using var message = new StringWriter(CultureInfo.InvariantCulture);
        _message.Format(logEvent, message);
        output.Write(SafeText.Of(message.ToString()));
        if (logEvent.TraceId is { } trace)
        {
            output.Write($" [trace {trace} span {logEvent.SpanId}]");
        }

        output.WriteLine();
        if (logEvent.Exception is { } exception)
        {
            foreach (var line in exception.ToString().AsSpan().EnumerateLines())
            {
                output.Write(Indent);
                output.Write(SafeText.Of(line.ToString()));
                output.WriteLine();
            }
        }
    }
}
