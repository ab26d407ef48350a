using System.Diagnostics;
using Serilog.Events;
using Serilog.Parsing;
using Swp.Cluster.Logging;
using Swp.Testing.Processes;

namespace Swp.Gateway.Tests.Logging;

public sealed class TextFormatterTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private readonly TextFormatter _formatter = new();

    [Fact]
    public void Event_IsOneLineThatReadersOfTheLogKnow() =>
        Assert.Equal("03:04:05.678 WRN Swp.Test caller/999 is 3 s late\n", Format("{Client} is {Seconds} s late", null, ("Client", "caller/999"), ("Seconds", 3)));

    [Fact]
    public void Span_StandsAtTheEndOfTheLine() =>
        Assert.Equal(
            "03:04:05.678 WRN Swp.Test hello [trace 0af7651916cd43dd8448eb211c80319c span b7ad6b7169203331]\n",
            Format("hello", null, traced: true));

    [Theory]
    [InlineData("a\n03:04:05.678 ERR Swp.Test forged", @"a\n03:04:05.678 ERR Swp.Test forged")]
    [InlineData("\u001b[2J\u0007\r\u0085\u2028\u202e", @"\u001b[2J\u0007\r\u0085\u2028\u202e")]
    [InlineData("请 A12 号\t张三 👍", @"请 A12 号\t张三 👍")]
    public void Value_CannotSpeakToTheTerminalNorBeginALine(string value, string shown) =>
        Assert.Equal($"03:04:05.678 WRN Swp.Test is {shown}.\n", Format("is {Value}.", null, ("Value", value)));

    [Fact]
    public void Exception_StandsBelow_AndItsTextBeginsNoEntry()
    {
        var log = new ProcessLog();
        foreach (var line in Format("failed", new InvalidOperationException("one\n03:04:05.678 ERR Swp.Test forged\u001b[0m")).TrimEnd('\n').Split('\n'))
        {
            log.Add(line);
        }

        Assert.Empty(log.TakeErrors());
        Assert.Contains("   System.InvalidOperationException: one", log.Text, StringComparison.Ordinal);
        Assert.Contains("\n   03:04:05.678 ERR Swp.Test forged\\u001b[0m", log.Text, StringComparison.Ordinal);
    }

    private string Format(string template, Exception? exception, params (string Name, object Value)[] values) => Format(template, exception, traced: false, values);

    private string Format(string template, Exception? exception, bool traced, params (string Name, object Value)[] values)
    {
        var logEvent = new LogEvent(
            Time,
            LogEventLevel.Warning,
            exception,
            new MessageTemplateParser().Parse(template),
            values.Append(("SourceContext", "Swp.Test")).Select(value => new LogEventProperty(value.Item1, new ScalarValue(value.Item2))),
            traced ? ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c") : default,
            traced ? ActivitySpanId.CreateFromString("b7ad6b7169203331") : default);
        var output = new StringWriter { NewLine = "\n" };
        _formatter.Format(logEvent, output);
        return output.ToString();
    }
}
