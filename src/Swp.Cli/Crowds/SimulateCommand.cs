using System.CommandLine;
using System.Net.Sockets;
using Swp.Cli.Api;
using Swp.Cli.Devices;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;
using Swp.Devices;

namespace Swp.Cli.Crowds;

/// <summary><c>swp simulate</c>: be a crowd of clients.</summary>
internal sealed class SimulateCommand : SwpCommand
{
    /// <summary>How long everybody has to arrive once the last one has started.</summary>
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromSeconds(60);

    private readonly Argument<int> _count = new("count") { Description = "How many clients: 1 to 50000.", HelpName = "N" };
    private readonly CrowdOptionSet _crowd = new();
    private readonly DeviceOptionSet _device = new();

    public SimulateCommand()
        : base(
            "simulate",
            "Be a crowd of clients that answer, stay silent, break off and come back.",
            "swp simulate 1000 --ramp 200 --duration 1m",
            "swp simulate 500 --delay normal:80ms,20ms --silent 2% --drop 5% --drop-every 20s",
            "swp simulate 10000 --script crowd.json --json",
            """crowd.json: {"type":"caller","ramp":500,"duration":"5m","delay":"exp:150ms","silent":"1%"}""")
    {
        _count.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var count) && count is < 1 or > 50_000)
            {
                result.AddError("A crowd has 1 to 50000 clients: one process has no more ports for one address.");
            }
        });
        Arguments.Add(_count);
        _crowd.AddTo(this);
        _device.AddTo(this);
    }

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var script = await _crowd.ScriptAsync(run, cancellationToken);
        var plan = _crowd.PlanOf(run, run.Value(_count), script);
        var defaults = new DeviceClientOptions { Url = DeviceUrl.Of(run.WebSocketUrl, plan.Type), ClientId = "" };
        var options = defaults with
        {
            HeartInterval = _device.Heartbeat(run) ?? _crowd.HeartbeatOf(script) ?? defaults.HeartInterval,
            Token = _device.Token(run),
            Origin = _device.Origin(run),
            Time = run.Console.Time,
        };
        await CheckAsync(options.Url, run.Console.Time, cancellationToken);
        return await RunAsync(run, plan, options, cancellationToken);
    }

    private static async Task<int> RunAsync(CommandRun run, CrowdPlan plan, DeviceClientOptions options, CancellationToken cancellationToken)
    {
        var counts = new CrowdCounts();
        var screen = new CrowdScreen(run, plan, counts);
        var began = run.Console.Time.GetTimestamp();
        using var leave = new CancellationTokenSource();
        var living = new Crowd(plan, options, counts).RunAsync(cancellationToken, leave.Token);

        await ForAsync(screen.ShowConnectingAsync, TimeSpan.FromSeconds(plan.Count / plan.Ramp) + ArrivalLimit, run.Console.Time, cancellationToken);
        var interrupted = cancellationToken.IsCancellationRequested;
        if (!interrupted)
        {
            await ForAsync(screen.ShowLivingAsync, plan.Duration, run.Console.Time, cancellationToken);
        }

        // What comes now is the crowd's own leaving.
        var summary = CrowdSummary.Of(plan, counts, run.Console.Time.GetElapsedTime(began));
        await leave.CancelAsync();
        await living;
        screen.Print(summary);
        return interrupted ? ExitCode.Interrupted : summary.Ok ? ExitCode.Ok : ExitCode.Failed;
    }

    // Time that is over, and Ctrl+C, are how a phase ends.
    private static async Task ForAsync(Func<CancellationToken, Task> phase, TimeSpan? length, TimeProvider time, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(length ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await phase(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // It is over.
        }
    }

    // A crowd would try for ever.
    private static async Task CheckAsync(Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(url.Host, url.Port, either.Token);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ServerUnreachableException($"{ServerApi.Show(url)} cannot be reached: {e.Message.TrimEnd('.')}.", mayHaveArrived: false, e);
        }
    }
}
