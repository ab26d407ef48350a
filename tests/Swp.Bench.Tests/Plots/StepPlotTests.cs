using System.Globalization;
using System.Xml.Linq;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Plots;
using Swp.Bench.Tests.Kit;

namespace Swp.Bench.Tests.Plots;

public sealed class StepPlotTests
{
    private static readonly Metric Half = new("half", "s", Direction.LowerIsBetter);

    private static readonly Metric All = new("all", "s", Direction.LowerIsBetter);

    private readonly TestRun _run = new();

    [Fact]
    public void Draw_ALineForEachRowThatHasAllSteps()
    {
        _run.Add("peer", null, null, 1, Half.Is(1), All.Is(4)).Add("ours", null, null, 1, Half.Is(0.5), All.Is(2)).Add("other", null, null, 1, Half.Is(3));

        var root = XDocument.Parse(Assert.Single(PlotSet.Of(_run.Report())).ToXml()).Root!;
        var lines = root.Descendants(Svg.Namespace + "path").Where(path => path.Attribute("class")!.Value.StartsWith("line", StringComparison.Ordinal) && path.HasElements).Select(PlacesOf).ToArray();

        Assert.Equal(2, lines.Length);

        // Four seconds are where the axis ends; it begins where both lines lead back to.
        var (peer, ours) = (lines[0], lines[1]);
        Assert.Equal(2, (peer[1] - peer[0]) / (ours[1] - ours[0]), 2);
        Assert.Equal(1.5, (peer[1] - peer[0]) / (peer[1] - ours[1]), 2);
        Assert.Equal("peer: 1.00 / 4.00 s; ours: 0.500 / 2.00 s", root.Element(Svg.Namespace + "desc")!.Value);
    }

    [Fact]
    public void Draw_Absent_IsShownWithItsReason()
    {
        _run.Add("ours", null, null, 1, Half.Is(0.5), All.Is(2)).Missing("peer", "npm is not installed");

        var root = XDocument.Parse(Assert.Single(PlotSet.Of(_run.Report())).ToXml()).Root!;

        Assert.Contains("peer: absent: npm is not installed", root.Descendants(Svg.Namespace + "text").Select(text => text.Value));
    }

    [Fact]
    public void Draw_NoRowHasAllSteps_IsNoPlot() => Assert.Empty(PlotSet.Of(_run.Add("ours", null, null, 1, Half.Is(3)).Report()));

    private static double[] PlacesOf(XElement line) =>
        [.. line.Attribute("d")!.Value[1..].Split('L').Select(point => double.Parse(point.Split(' ')[0], CultureInfo.InvariantCulture))];
}
