using Swp.Chaos.Reports;
using Swp.Chaos.Running;
using Swp.Chaos.Schedules;

namespace Swp.Chaos.Tests.Running;

/// <summary>Every fault once, on real processes: <c>tests/chaos/run.sh --short</c>.</summary>
public sealed class ShortRunTests
{
    private const int StoriesOfEachRule = 2;

    [Fact]
    public async Task Every_fault_once_and_every_call_has_one_true_outcome()
    {
        var options = ChaosOptions.Short with { Seed = Random.Shared.Next() };
        var report = await new ChaosRun(options, line => TestContext.Current.TestOutputHelper?.WriteLine(line)).RunAsync(TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(Markdown.Write(report));
        Assert.Equal(FaultCatalogue.Short.Select(fault => fault.Name).Order(), report.Rows.Select(row => row.Fault).Concat(report.NotRun).Order());
        Assert.All(report.Rows, row => Assert.True(row.Outcomes.GetValueOrDefault("completed") > 0, $"During {row.Fault} nothing was completed."));
        Assert.True(report.IsClean, $"Repeat it with tests/chaos/run.sh --short --seed {report.Seed}. The logs are in {report.LogDirectory}\n{Markdown.WriteViolations(report, StoriesOfEachRule)}");
    }
}
