using System.Globalization;
using System.Xml.Linq;
using Swp.Bench.Reports.Plots;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Plots;

public sealed class BarPlotTests
{
    private const string Hostile = "<script>&\"'\0]]>\uD800 | a label that goes on and on until nobody wants to read it";

    private readonly TestRun _run = new();

    [Fact]
    public void Draw_LengthsAreProportionalAndInTheGivenOrder()
    {
        _run.Rates("ours", 30_000).Rates("other", 5_000).Rates("peer", 10_000);

        var widths = Drawn().Where(Is("bar")).Select(bar => Number(bar, "width")).ToArray();

        Assert.Equal(3, widths.Length);
        Assert.Equal(3, widths[2] / widths[0], 2);
        Assert.Equal(0.5, widths[1] / widths[0], 2);
        Assert.Equal(["peer", "other", "ours"], Drawn().Where(Is("label")).Select(label => label.Value));
        Assert.Single(Drawn(), element => Is("bar-own")(element));
    }

    [Fact]
    public void Draw_WhiskersReachFromLeastToMost()
    {
        _run.Rates("ours", 10, 20, 40).Rates("peer", 20, 20, 20);

        var bar = Drawn().Last(Is("bar"));
        var whisker = Assert.Single(Drawn(), element => Is("whisker")(element));
        double[] places = [.. whisker.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(move => double.Parse(move.Split(' ')[0], CultureInfo.InvariantCulture))];

        var (start, width) = (Number(bar, "x"), Number(bar, "width"));
        Assert.Equal(start + (width / 2), places[0], 1);
        Assert.Equal(start + (width * 2), places[2], 1);
    }

    [Fact]
    public void Draw_LabelsHaveTheRatioToTheFirstBaselineThatWasMeasured()
    {
        _run.Rates("other", 10).Rates("ours", 25);

        Assert.Contains("25.02.50×", Drawn().Where(element => element.Name.LocalName == "text").Select(text => text.Value));
        Assert.Contains(Drawn(), element => element.Value.EndsWith("× of other", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_Absent_IsShownWithItsReason()
    {
        _run.Rates("ours", 1).Missing("peer", "npm is not installed");

        Assert.Contains("absent: npm is not installed", Drawn().Where(Is("absent")).Select(text => text.Value));
    }

    [Fact]
    public void Draw_SeveralParameters_AreGroups()
    {
        _run.Rates("ours", null, 5, 1).Rates("ours", null, 9, 1);

        Assert.Equal(["clients=5", "clients=9"], Drawn().Where(Is("group")).Select(text => text.Value));
    }

    [Fact]
    public void Draw_HostileLabel_IsTextInWellFormedXml()
    {
        _run.Rates(Hostile, 1).Missing("peer", Hostile);

        var root = Parsed();

        Assert.Contains("<script>&\"'\uFFFD]]>\uFFFD | a label that goes on and on until nobody wants to read it", root.Descendants().Select(element => element.Value).First(text => text.StartsWith("<script>", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName == "script");
        Assert.Contains(root.Descendants().Where(Is("label")), label => label.Value.Contains("…", StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_SaysWhatItShowsInWordsAndFollowsTheReadersColours()
    {
        _run.Rates("peer", 10).Rates("ours", 20);

        var root = Parsed();
        string TextOf(string name) => root.Element(Svg.Namespace + name)!.Value;

        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("call-title call-desc", root.Attribute("aria-labelledby")!.Value);
        Assert.Equal("call: Somebody calls", TextOf("title"));
        Assert.StartsWith("peer: 10.0 calls/s; ours: 20.0 calls/s, 2.00× peer; other: not measured", TextOf("desc"), StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", TextOf("style"), StringComparison.Ordinal);
        Assert.DoesNotContain("url(", TextOf("style"), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_NothingMeasured_IsNoPlot() => Assert.Empty(PlotSet.Of(_run.Missing("peer", "npm is not installed").Report()));

    private static Func<XElement, bool> Is(string style) => element => element.Attribute("class")?.Value.Split(' ').Contains(style) == true;

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private IEnumerable<XElement> Drawn() => Parsed().Descendants();

    private XElement Parsed() => XDocument.Parse(PlotSet.Of(_run.Report())[0].ToXml()).Root!;
}
