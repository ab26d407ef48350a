using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Swp.Cli.Invocation;
using Swp.Cli.Output;
using Swp.Cli.Parsing;

namespace Swp.Cli.Administration;

/// <summary><c>swp ban</c>: keep a client out, or let it in again.</summary>
internal sealed class BanCommand : SwpCommand
{
    private readonly Argument<Target> _client = Typed.Client();
    private readonly Option<TimeSpan?> _for = Typed.Duration("--for", "For how long; for ever when left out.");
    private readonly Option<DateTimeOffset?> _until = new("--until")
    {
        Description = "Until when: ISO 8601, with Z or an offset.",
        HelpName = "MOMENT",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                return moment;
            }

            result.AddError("--until is a moment, for example 2030-01-02T03:04:05Z.");
            return null;
        },
    };

    private readonly Option<string?> _reason = new("--reason") { Description = "Why; the client is told.", HelpName = "TEXT" };
    private readonly Option<bool> _lift = new("--lift") { Description = "Let it in again." };

    public BanCommand()
        : base(
            "ban",
            "Keep a client out, for a time or for ever; or let it in again.",
            "swp ban caller/999 --for 1h --reason 'floods us'",
            "swp ban caller/999 --until 2030-01-02T03:04:05Z",
            "swp ban caller/999 --lift")
    {
        Arguments.Add(_client);
        Options.Add(_for);
        Options.Add(_until);
        Options.Add(_reason);
        Options.Add(_lift);
    }

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var client = run.Value(_client)!;
        var lift = run.Value(_lift);
        if (lift && (run.IsGiven(_for) || run.IsGiven(_until) || run.IsGiven(_reason)))
        {
            throw new UsageException("--lift stands alone.");
        }

        var until = Until(run);
        var reply = lift
            ? await run.Api.DoAsync(HttpMethod.Delete, $"{client.Path}/ban", json: null, cancellationToken)
            : await run.Api.DoAsync(HttpMethod.Put, $"{client.Path}/ban", Body(until, run.Value(_reason)), cancellationToken);
        var written = reply.Status != HttpStatusCode.Accepted;
        Done.Print(
            run,
            client,
            lift ? "let in" : "banned",
            (lift ? $"{client} may come in again." : $"{client} is banned {(until is { } end ? $"until {Moments.Show(end)}" : "for ever")}.")
            + (written ? "" : " It is in force, and not written yet: the store does not answer. If the client's owner ends before it does, this is lost."),
            written);
        return ExitCode.Ok;
    }

    private static string Body(DateTimeOffset? until, string? reason)
    {
        var body = new JsonObject();
        if (until is { } end)
        {
            body["until"] = end.ToString("O", CultureInfo.InvariantCulture);
        }

        if (reason is not null)
        {
            body["reason"] = reason;
        }

        return body.ToJsonString();
    }

    private DateTimeOffset? Until(CommandRun run)
    {
        if (run.Value(_for) is not { } length)
        {
            return run.Value(_until);
        }

        return run.IsGiven(_until) ? throw new UsageException("--for and --until say the same: give one of them.") : run.Console.Time.GetUtcNow() + length;
    }
}
