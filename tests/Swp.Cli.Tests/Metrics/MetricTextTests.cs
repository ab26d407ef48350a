using Swp.Cli.Metrics;

namespace Swp.Cli.Tests.Metrics;

public sealed class MetricTextTests
{
    [Fact]
    public void Parse_WhatAMemberWrites_IsRead()
    {
        var samples = MetricText.Parse("""
            # TYPE a counter
            # HELP a With "quotes".
            a 3
            b{x="1",y="two words"} 4.5 1700000000000
            c{x="with \"quotes\", a } and a \\ and a \n"} 1e3
            d{} NaN

            broken{x="1
            nothing
            """);

        Assert.Equal(["a", "b", "c", "d"], samples.Select(sample => sample.Name));
        Assert.Equal([3, 4.5, 1000, double.NaN], samples.Select(sample => sample.Value));
        Assert.Equal(("1", "two words", ""), (samples[1].Label("x"), samples[1].Label("y"), samples[1].Label("z")));
        Assert.Equal("with \"quotes\", a } and a \\ and a \n", samples[2].Label("x"));
    }

    [Fact]
    public void By_Label_SumsTheOthers()
    {
        var metrics = new MetricSet(MetricText.Parse("m{t=\"a\",o=\"1\"} 1\nm{t=\"a\",o=\"2\"} 2\nm{t=\"b\",o=\"1\"} 4\nm{t=\"b\",o=\"1\"} NaN\n"));
        Assert.Equal(new Dictionary<string, double> { ["a"] = 3, ["b"] = 4 }, metrics.By("m", "t"));
        Assert.Equal(new Dictionary<string, double> { ["1"] = 5 }, metrics.By("m", "o", sample => sample.Label("o") == "1"));
        Assert.Empty(metrics.By("nosuch", "t"));
    }
}
