using System.CommandLine;
using Spectre.Console;
using Swp.Cli.Api;
using Swp.Cli.Invocation;
using Swp.Cli.Metrics;
using Swp.Cli.Output;
using Swp.Cli.Parsing;

namespace Swp.Cli.Watching;

/// <summary><c>swp watch</c>: what happens now, until it is stopped.</summary>
internal sealed class WatchCommand : SwpCommand
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    private readonly Option<TimeSpan?> _interval = Typed.Duration("--interval", "Between two looks: 100ms or more; 1s when left out.");
    private readonly Option<int?> _count = new("--count") { Description = "Stop after so many intervals.", HelpName = "N" };
    private readonly Option<string[]> _members = Typed.Members("The operations address of another member, whose calls and refusals are added; may be repeated.");

    public WatchCommand()
        : base(
            "watch",
            "Counts per type, calls a second, outcomes and refusals, as they change.",
            "swp watch",
            "swp watch --member http://127.0.0.1:8092      with the calls of a second gateway",
            "swp watch --interval 10s >> swp.log           a line each ten seconds",
            "swp watch --json --count 1                    one interval, for a program")
    {
        Options.Add(_interval);
        Options.Add(_count);
        Options.Add(_members);
    }

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var interval = run.Value(_interval) ?? DefaultInterval;
        if (interval < MinInterval)
        {
            throw new UsageException("--interval is 100ms or more.");
        }

        var members = Typed.MembersOf(run.Value(_members)).Select(member => new ServerApi(member, run.Key, run.Console.Time)).ToList();
        try
        {
            var counter = new WatchCounter(await ReadAsync(run, members, cancellationToken), run.Console.Time);
            if (run.Console.IsTerminal && !run.Json)
            {
                await DrawAsync(run, members, counter, interval, cancellationToken);
            }
            else
            {
                await PrintAsync(run, members, counter, interval, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how it ends.
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }

        return ExitCode.Ok;
    }

    private async Task PrintAsync(CommandRun run, List<ServerApi> members, WatchCounter counter, TimeSpan interval, CancellationToken cancellationToken)
    {
        await foreach (var (frame, trouble) in FramesAsync(run, members, counter, interval, cancellationToken))
        {
            if (trouble is not null)
            {
                run.Console.Say(trouble);
            }
            else if (frame is not null)
            {
                run.Console.WriteLine(run.Json ? JsonText.Of(frame, WatchJson.Default) : WatchView.Line(frame));
            }
        }
    }

    private Task DrawAsync(CommandRun run, List<ServerApi> members, WatchCounter counter, TimeSpan interval, CancellationToken cancellationToken) =>
        run.Console.Ansi.Live(new Text("…")).StartAsync(async live =>
        {
            WatchFrame? last = null;
            await foreach (var (frame, trouble) in FramesAsync(run, members, counter, interval, cancellationToken))
            {
                last = frame ?? last;
                live.UpdateTarget(last is null ? new Text(trouble ?? "") : WatchView.Picture(last, trouble));
            }
        });

    // A member that is away for a while ends nothing: that is when people look.
    private async IAsyncEnumerable<(WatchFrame? Frame, string? Trouble)> FramesAsync(
        CommandRun run,
        List<ServerApi> members,
        WatchCounter counter,
        TimeSpan interval,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, run.Console.Time);
        var left = run.Value(_count) ?? int.MaxValue;
        while (left-- > 0 && await timer.WaitForNextTickAsync(cancellationToken))
        {
            (WatchFrame? Frame, string? Trouble) result;
            try
            {
                result = (counter.Next(await ReadAsync(run, members, cancellationToken)), null);
            }
            catch (Exception e) when (e is ServerUnreachableException or ProblemException)
            {
                result = (null, e.Message);
            }

            yield return result;
        }
    }

    private static async Task<WatchReading> ReadAsync(CommandRun run, List<ServerApi> members, CancellationToken cancellationToken)
    {
        var types = await run.Api.GetTypesAsync(cancellationToken);
        var texts = await Task.WhenAll(members.Prepend(run.Api).Select(member => member.GetAsync("metrics", cancellationToken)));
        return new WatchReading(
            run.Console.Time.GetUtcNow(),
            run.Console.Time.GetTimestamp(),
            types,
            new MetricSet([.. texts.SelectMany(text => MetricText.Parse(text.Text))]));
    }
}
