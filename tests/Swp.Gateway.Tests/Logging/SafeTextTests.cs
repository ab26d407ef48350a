using Serilog;
using Serilog.Core;
using Serilog.Events;
using Swp.Cluster.Logging;

namespace Swp.Gateway.Tests.Logging;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("caller/999", "caller/999")]
    [InlineData("张三 😀 é", "张三 😀 é")]
    [InlineData("a\nb\r\tc", "a\\nb\\r\\tc")]
    [InlineData("\u001b[31mred\u0007\u009b2J\u007f", "\\u001b[31mred\\u0007\\u009b2J\\u007f")]
    [InlineData("a\u2028b\u2029c", "a\\u2028b\\u2029c")]
    [InlineData("\u202eevil\u2066\u200b", "\\u202eevil\\u2066\\u200b")]
    [InlineData("\uFFFD", "\uFFFD")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void WhatIsHarmless_Stays_AndTheRestIsEscaped(string? text, string? expected) => Assert.Equal(expected, SafeText.Of(text));

    [Fact]
    public void HalfASurrogatePair_IsEscaped() => Assert.Equal("\\ud83dx\\ude00", SafeText.Of(new string(['\ud83d', 'x', '\ude00'])));

    [Theory]
    [InlineData("a\nb\n", "a\nb\n")]
    [InlineData("{\r\n\t\"a\": 1}", "{ \n \"a\": 1}")]
    [InlineData("\"\u009b2J\u001b\u202e张😀\"", "\"\\u009b2J\\u001b\\u202e张😀\"")]
    public void Lines_StayLinesAndNothingElseSteers(string text, string shown) => Assert.Equal(shown, SafeText.OfLines(text));

    [Fact]
    public void LongText_IsCut()
    {
        Assert.Equal("abc…", SafeText.Of("abcdef", 3));
        Assert.Equal("ab\\ud83d…", SafeText.Of("ab😀cd", 3));
        Assert.Equal("abc", SafeText.Of("abc", 3));
    }

    /// <summary>The console writes texts as they are: without the enricher a name would begin a line of its own.</summary>
    [Fact]
    public void EveryTextOfALogLine_IsSafe()
    {
        var sink = new Lines();
        using var logger = new LoggerConfiguration().Enrich.With<SafeTextEnricher>().WriteTo.Sink(sink).CreateLogger();
        logger.Information("{Id} and {Ids} of {Count} {Nothing}", "x\n12:00:00.000 ERR forged", new[] { "a", "b\u001b[2J" }, 3, null);
        var line = Assert.Single(sink.Written);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain('\u001b', line);
        Assert.Contains("\\n12:00:00.000 ERR forged", line, StringComparison.Ordinal);
    }

    private sealed class Lines : ILogEventSink
    {
        public List<string> Written { get; } = [];

        public void Emit(LogEvent logEvent) => Written.Add(logEvent.RenderMessage(formatProvider: null));
    }
}
