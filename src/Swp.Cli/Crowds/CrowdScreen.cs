using System.Globalization;
using Spectre.Console;
using Swp.Cli.Invocation;
using Swp.Cli.Output;

namespace Swp.Cli.Crowds;

/// <summary>Shows a crowd while it lives: a bar while it connects, then figures, in place; a line each second where nothing can be drawn over.</summary>
internal sealed class CrowdScreen(CommandRun run, CrowdPlan plan, CrowdCounts counts)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);

    private bool IsDrawn => run.Console.IsTerminal && !run.Json;

    /// <summary>Until everybody has been connected or sent away, or it is stopped.</summary>
    public async Task ShowConnectingAsync(CancellationToken stop)
    {
        if (!IsDrawn)
        {
            await SayAsync(() => !HaveArrived(), stop);
            return;
        }

        await run.Console.Ansi.Progress().AutoClear(true).Columns(
        [
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn(),
        ]).StartAsync(async progress =>
        {
            var bar = progress.AddTask("connecting", maxValue: plan.Count);
            using var timer = new PeriodicTimer(Frame, run.Console.Time);
            while (!HaveArrived() && await timer.WaitForNextTickAsync(stop))
            {
                bar.Value = Arrived;
                bar.Description = string.Create(CultureInfo.InvariantCulture, $"{counts.EverConnected} of {plan.Count} connected");
            }
        });
    }

    /// <summary>Until it is stopped.</summary>
    public async Task ShowLivingAsync(CancellationToken stop)
    {
        if (!IsDrawn)
        {
            await SayAsync(() => true, stop);
            return;
        }

        await run.Console.Ansi.Live(new Text("")).AutoClear(true).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Frame, run.Console.Time);
            do
            {
                live.UpdateTarget(new Text(CrowdView.Line(plan, counts)));
            }
            while (await timer.WaitForNextTickAsync(stop));
        });
    }

    /// <summary>What became of it: data, on standard output.</summary>
    public void Print(CrowdSummary summary)
    {
        if (run.Json)
        {
            run.Console.WriteLine(JsonText.Of(summary, CrowdJson.Default));
        }
        else if (IsDrawn)
        {
            run.Console.Ansi.Write(CrowdView.Table(summary));
        }
        else
        {
            run.Console.Write(TextColumns.Format(CrowdView.Rows(summary)));
        }

        run.Console.Say(summary.Ok ? "everybody got in, and nobody was sent away." : "not everybody got in, or somebody was sent away.");
    }

    private long Arrived => counts.EverConnected + counts.TurnedAway;

    private bool HaveArrived() => Arrived >= plan.Count;

    private async Task SayAsync(Func<bool> goesOn, CancellationToken stop)
    {
        using var look = new PeriodicTimer(Frame, run.Console.Time);
        var said = run.Console.Time.GetTimestamp();
        while (goesOn() && await look.WaitForNextTickAsync(stop))
        {
            if (run.Console.Time.GetElapsedTime(said) >= LineInterval)
            {
                said = run.Console.Time.GetTimestamp();
                run.Console.Say(CrowdView.Line(plan, counts));
            }
        }
    }
}
