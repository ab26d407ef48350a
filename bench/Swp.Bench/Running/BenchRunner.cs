using Spectre.Console;
using Swp.Bench.Contenders;
using Swp.Bench.Reports.Measurements;

namespace Swp.Bench.Running;

/// <summary>
/// Lets the contenders take turns, A B C A B C: whatever the machine does beside is shared out among them. Each is started for each measurement, and
/// nobody else runs meanwhile.
/// </summary>
internal sealed class BenchRunner(BenchOptions options, IAnsiConsole console)
{
    private readonly List<Sample> _samples = [];
    private readonly List<Absent> _absents = [];

    /// <summary>What was seen.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>Who could not be measured, and what failed.</summary>
    public IReadOnlyList<Absent> Absents => _absents;

    /// <summary>Measures everything. Whatever fails is noted and left out; the rest goes on.</summary>
    public async Task RunAsync(IReadOnlyList<Trial> trials, CancellationToken cancellationToken)
    {
        foreach (var absent in trials.Select(trial => trial.Contender).Where(contender => contender.WhyAbsent is not null).DistinctBy(contender => contender.Name))
        {
            console.MarkupLineInterpolated($"[yellow]{absent.Name} is absent: {absent.WhyAbsent}[/]");
            _absents.Add(new Absent { Contender = absent.Name, Reason = absent.WhyAbsent! });
        }

        foreach (var trial in trials.Where(trial => trial.WhyAbsent is not null))
        {
            console.MarkupLineInterpolated($"[yellow]{trial.Scenario}: {trial.Contender.Label} is absent: {trial.WhyAbsent}[/]");
            _absents.Add(new Absent { Contender = trial.Contender.Name, Variant = trial.Contender.Variant, Scenario = trial.Scenario, Reason = trial.WhyAbsent! });
        }

        Trial[] present = [.. trials.Where(trial => trial.Contender.WhyAbsent is null && trial.WhyAbsent is null)];
        var (number, count) = (0, present.Length * options.Rounds);
        var started = TimeProvider.System.GetTimestamp();
        foreach (var scenario in present.GroupBy(trial => trial.Scenario))
        {
            for (var round = 1; round <= options.Rounds; round++)
            {
                foreach (var trial in scenario)
                {
                    console.MarkupInterpolated($"[grey]{TimeProvider.System.GetElapsedTime(started):hh\\:mm\\:ss} {++number}/{count}[/] {trial.ToString()}, round {round} … ");
                    await MeasureAsync(trial, round, cancellationToken);
                }
            }
        }
    }

    private async Task MeasureAsync(Trial trial, int round, CancellationToken cancellationToken)
    {
        try
        {
            await using var topology = new Topology();
            await trial.Contender.StartAsync(topology, cancellationToken);
            var figures = await trial.MeasureAsync(topology, cancellationToken);
            var sample = new Sample
            {
                Scenario = trial.Scenario,
                Contender = trial.Contender.Name,
                Variant = trial.Contender.Variant,
                Parameters = trial.Parameters,
                Round = round,
                Metrics = [.. figures.Select(figure => MetricNames.Of(figure.Key, figure.Value))],
            };
            _samples.Add(sample);
            console.MarkupLineInterpolated($"{string.Join(", ", sample.Metrics.Take(4).Select(measured => $"{measured.Metric.Name} {measured.Value:#,##0.###} {measured.Metric.Unit}".TrimEnd()))}");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            console.MarkupLineInterpolated($"[red]failed: {e.Message}[/]");
            _absents.Add(new Absent
            {
                Contender = trial.Contender.Name,
                Variant = trial.Contender.Variant,
                Scenario = trial.Scenario,
                Reason = $"round {round} failed: {e.Message.Split('\n')[0]}",
            });
        }
    }
}
