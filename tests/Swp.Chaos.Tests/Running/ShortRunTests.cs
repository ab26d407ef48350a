using Swp.Chaos.Faults;
using Swp.Chaos.Reports;
using Swp.Chaos.Running;
using Swp.Chaos.Schedules;

namespace Swp.Chaos.Tests.Running;

/// <summary>Every fault once, on real processes: the short form of <c>tests/chaos/run.sh</c>.</summary>
public sealed class ShortRunTests
{
    private const int StoriesOfEachRule = 2;

    [Fact]
    public async Task Every_fault_once_and_every_call_has_one_true_outcome()
    {
        var report = await new ChaosRun(Options(), line => TestContext.Current.SendDiagnosticMessage(line)).RunAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(Markdown.Write(report));
        Assert.Equal(FaultCatalogue.All.Select(fault => fault.Name).Order(), report.Rows.Select(row => row.Fault));
        Assert.All(report.Rows, row => Assert.True(row.Outcomes.GetValueOrDefault("completed") > 0, $"During {row.Fault} nothing was completed."));
        Assert.True(report.IsClean, $"Seed {report.Seed}, logs in {report.LogDirectory}\n{Markdown.WriteViolations(report, StoriesOfEachRule)}");
    }

    private static ChaosOptions Options() => new()
    {
        Seed = Random.Shared.Next(),
        Clients = 200,
        Rate = 80,
        Faults = FaultCatalogue.All,
        Lengths = FaultLengths.Short,
        Settle = TimeSpan.FromSeconds(3),
        DrainWindow = TimeSpan.FromSeconds(5),
        RestartDelay = TimeSpan.FromSeconds(2),
    };
}
