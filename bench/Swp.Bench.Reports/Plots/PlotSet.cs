using Swp.Bench.Reports.Writing;

namespace Swp.Bench.Reports.Plots;

/// <summary>The drawings of a report.</summary>
public static class PlotSet
{
    /// <summary>One for each scenario that has figures, and a second one where it has steps.</summary>
    public static IReadOnlyList<Plot> Of(BenchReport report)
    {
        var own = report.Run.Contenders.Where(contender => contender.IsOwn).Select(contender => contender.Name).ToHashSet();
        return
        [
            .. from summary in report.Summaries
               from plot in (Plot?[])[BarPlot.Draw(summary, own), StepPlot.Draw(summary)]
               where plot is not null
               select plot,
        ];
    }
}
