using System.CommandLine;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;
using Swp.Devices;

namespace Swp.Cli.Devices;

/// <summary><c>swp client</c>: be a client.</summary>
internal sealed class ClientCommand : SwpCommand
{
    private readonly Argument<Target> _client = Typed.Client("Who to be, as TYPE/ID, for example caller/999.");
    private readonly DeviceOptionSet _device = new();
    private readonly Option<AnswerRule> _answer = new("--answer")
    {
        Description = $"How it answers: {AnswerRule.Help}; echo when left out. With ask the next line that is typed answers the oldest call.",
        HelpName = "RULE",
        DefaultValueFactory = _ => AnswerRule.Echo,
        CustomParser = result =>
        {
            if (AnswerRule.TryParse(result.Tokens[0].Value, out var rule))
            {
                return rule;
            }

            result.AddError($"--answer is {AnswerRule.Help}.");
            return null;
        },
    };

    private readonly Option<TimeSpan?> _queryTimeout = Typed.Duration("--query-timeout", "How long the server has to answer a query; 10s when left out.");
    private readonly Option<bool> _once = new("--once") { Description = "Leave when standard input has ended and everything was answered." };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Print every message to standard error." };

    public ClientCommand()
        : base(
            "client",
            "Be a client: prints what it is asked and answers it; each line on standard input asks the server.",
            "swp client caller/999",
            """swp client caller/999 --answer 'fixed:{"shown":true}'""",
            "swp client caller/999 --answer ask           answers are typed",
            """echo '{"busiType":"feeItem"}' | swp client his/clinic-1 --once""")
    {
        Arguments.Add(_client);
        Options.Add(_answer);
        Options.Add(_queryTimeout);
        Options.Add(_once);
        Options.Add(_verbose);
        _device.AddTo(this);
    }

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var log = new DeviceLog(run.Console, run.Json);
        var questions = new OpenQuestions();
        var client = NewClient(run, log, questions);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = client.RunAsync(stop.Token);
        var asking = new LineReader(client, run.Console, log, questions).AskAsync(stop.Token);

        // Whichever ends first ends the other, but a standard input that has ended does so only when asked to.
        var answered = true;
        if (await Task.WhenAny(running, asking) == asking)
        {
            answered = await asking;
            if (run.Value(_once))
            {
                await stop.CancelAsync();
            }
        }

        var exit = await running;
        await stop.CancelAsync();
        answered &= await asking;
        if (!exit.Requested)
        {
            run.Console.Say(exit.Reason);
            return ExitCode.Failed;
        }

        return answered || !run.Value(_once) || cancellationToken.IsCancellationRequested ? ExitCode.Ok : ExitCode.Failed;
    }

    private DeviceClient NewClient(CommandRun run, DeviceLog log, OpenQuestions questions)
    {
        var who = run.Value(_client)!;
        var rule = run.Value(_answer)!;
        var options = new DeviceClientOptions
        {
            Url = DeviceUrl.Of(run.WebSocketUrl, who.Type),
            ClientId = who.Id!,
            Token = _device.Token(run),
            Origin = _device.Origin(run),
            Time = run.Console.Time,
            Log = run.Console.Say,
            Trace = run.Value(_verbose) ? run.Console.Say : null,
        };
        return new DeviceClient(options with
        {
            HeartInterval = _device.Heartbeat(run) ?? options.HeartInterval,
            QueryTimeout = run.Value(_queryTimeout) ?? options.QueryTimeout,
        })
        {
            OnOpened = log.Opened,
            OnClosed = log.Closed,
            OnRequest = async (question, ended) =>
            {
                log.Asked(question);
                var reply = rule.Kind == AnswerKind.Ask ? Reply.Ok(await questions.WaitAsync(ended)) : rule.Answer(question);
                if (!ReferenceEquals(reply, Reply.None))
                {
                    log.Answered(question, reply);
                }

                return reply;
            },
        };
    }
}
