using System.CommandLine;
using Swp.Cli.Api;
using Swp.Cli.Invocation;
using Swp.Cli.Output;
using Swp.Cli.Parsing;

namespace Swp.Cli.Calling;

/// <summary><c>swp send</c>: tell a client, or all of a type, without waiting for an answer.</summary>
internal sealed class SendCommand : SwpCommand
{
    private readonly Argument<Target> _whom = Typed.ClientOrType("whom", "A client, as TYPE/ID; or TYPE for all of them that are connected.");
    private readonly CallOptionSet _call = new();

    public SendCommand()
        : base(
            "send",
            "Tell a client something, or all of a type; nobody answers.",
            """swp send caller/999 '{"text":"打烊"}'""",
            """swp send caller '{"text":"打烊"}'          to every caller that is connected""")
    {
        Arguments.Add(_whom);
        _call.AddTo(this);
    }

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var whom = run.Value(_whom)!;
        if (whom.Id is null && _call.IsMoreThanData(run))
        {
            throw new UsageException("A message for all is sent at once and once: it takes no --timeout, --wait-for-connect or --idempotent.");
        }

        var body = whom.Id is null ? $"{{\"data\":{await _call.DataAsync(run, cancellationToken)}}}" : await _call.BodyAsync(run, cancellationToken);
        try
        {
            var reply = await run.Api.AskAsync(HttpMethod.Post, $"{whom.Path}/messages", body, _call.Limit(run), cancellationToken);
            if (!reply.IsSuccess)
            {
                throw new ProblemException(reply.ToProblem(), reply.Text, isCall: true);
            }

            return whom.Id is null ? PrintBroadcast(run, reply) : PrintMessage(run, whom);
        }
        catch (ServerUnreachableException e)
        {
            run.Console.Say($"{e.Message} {Unanswered.Retry(e.MayHaveArrived, whom.Id is not null && _call.Idempotent(run))}");
            return ExitCode.Unreachable;
        }
        catch (InterruptedException e)
        {
            run.Console.Say($"interrupted{(e.MayHaveArrived ? ": how it ended is not known" : "")}. {Unanswered.Retry(e.MayHaveArrived, whom.Id is not null && _call.Idempotent(run))}");
            return ExitCode.Interrupted;
        }
    }

    private static int PrintMessage(CommandRun run, Target whom)
    {
        if (run.Json)
        {
            run.Console.WriteLine("""{"outcome":"completed"}""");
        }

        run.Console.Say($"completed: the gateway of {whom} has it.");
        return ExitCode.Ok;
    }

    private static int PrintBroadcast(CommandRun run, ApiReply reply)
    {
        var answer = reply.Read(ApiJson.Default.BroadcastAnswer);
        run.Console.WriteLine(run.Json ? reply.Text : $"{Counts.Show(answer.Clients, "client")} at {Counts.Show(answer.Gateways, "gateway")}");
        if (answer.Failed == 0)
        {
            return ExitCode.Ok;
        }

        run.Console.Say($"{Counts.Show(answer.Failed, "gateway")} did not answer: their clients may have it or not. Sending again gives it to the others twice.");
        return ExitCode.Failed;
    }
}
