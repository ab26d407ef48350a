using System.CommandLine;
using System.Text.Json;
using Swp.Cli.Api;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;

namespace Swp.Cli.Calling;

/// <summary><c>swp call</c>: ask a client and wait for its answer.</summary>
internal sealed class CallCommand : SwpCommand
{
    private const string Success = "0";

    private readonly Argument<Target> _client = Typed.Client();
    private readonly CallOptionSet _call = new();
    private readonly Option<bool> _uuid = new("--uuid") { Description = "Say the uuid that the client saw, to find the call in logs and traces." };

    public CallCommand()
        : base(
            "call",
            "Ask a client and print its answer.",
            """swp call caller/999 '{"callCode":"A12","patientName":"张三","windowId":"3"}'""",
            "swp call caller/999 @call.json --timeout 30s",
            "jq -c . call.json | swp call caller/999 - --idempotent --wait-for-connect 1m")
    {
        Arguments.Add(_client);
        _call.AddTo(this);
        Options.Add(_uuid);
    }

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var client = run.Value(_client)!;
        var body = await _call.BodyAsync(run, cancellationToken);
        try
        {
            var reply = await run.Api.AskAsync(HttpMethod.Post, $"{client.Path}/requests", body, _call.Limit(run), cancellationToken);
            return reply.IsSuccess ? Print(run, reply) : throw new ProblemException(reply.ToProblem(), reply.Text, isCall: true);
        }
        catch (ServerUnreachableException e)
        {
            run.Console.Say($"{e.Message} {Unanswered.Retry(e.MayHaveArrived, _call.Idempotent(run))}");
            return ExitCode.Unreachable;
        }
        catch (InterruptedException e)
        {
            run.Console.Say($"interrupted{(e.MayHaveArrived ? ": how it ended is not known" : "")}. {Unanswered.Retry(e.MayHaveArrived, _call.Idempotent(run))}");
            return ExitCode.Interrupted;
        }
    }

    private int Print(CommandRun run, ApiReply reply)
    {
        var answer = reply.Read(ApiJson.Default.CallAnswer);
        if (run.Json)
        {
            run.Console.WriteLine(reply.Text);
        }
        else if (answer.Data.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            run.Console.WriteLine(answer.Data.GetRawText());
        }

        var failed = answer.Code != Success;
        run.Console.Say(
            $"{answer.Outcome} in {Durations.Show(TimeSpan.FromMilliseconds(answer.ElapsedMs))}"
            + (failed ? $"; the client answered with its failure code {answer.Code}" : "")
            + (answer.Msg is { } message ? $": {message}" : "")
            + (run.Value(_uuid) ? $" (uuid {answer.Uuid})" : "")
            + ".");
        return failed ? ExitCode.ClientFailure : ExitCode.Ok;
    }
}
