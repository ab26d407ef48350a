using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Swp.Cli.Devices;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;

namespace Swp.Cli.Crowds;

/// <summary>What a crowd does, by options and by a script; an option counts before the script.</summary>
internal sealed class CrowdOptionSet
{
    private const double DefaultRamp = 100;
    private static readonly TimeSpan DefaultDropEvery = TimeSpan.FromSeconds(30);

    private readonly Option<string?> _script = new("--script") { Description = "A file of JSON with these options by their names (idPrefix, dropEvery, …) as texts.", HelpName = "FILE" };
    private readonly Option<string?> _type = new("--type") { Description = "The clients' type; caller when left out.", HelpName = "TYPE" };
    private readonly Option<string?> _idPrefix = new("--id-prefix") { Description = "What ids begin with, before a number from 1; sim- when left out.", HelpName = "TEXT" };
    private readonly Option<double?> _ramp = new("--ramp") { Description = "How many start to connect a second; 100 when left out.", HelpName = "N" };
    private readonly Option<string?> _duration = new("--duration") { Description = "How long to go on once all have connected; until Ctrl+C when left out.", HelpName = "TIME" };
    private readonly Option<string?> _delay = new("--delay") { Description = $"How long an answer takes: {AnswerDelay.Rule}.", HelpName = "DELAY" };
    private readonly Option<string?> _answer = new("--answer") { Description = "What is answered: echo, none or fixed:JSON; echo when left out.", HelpName = "RULE" };
    private readonly Option<string?> _silent = new("--silent") { Description = "The share of clients that never answer, for example 2%.", HelpName = "SHARE" };
    private readonly Option<string?> _drop = new("--drop") { Description = "The share of clients that break their connection and come back, again and again.", HelpName = "SHARE" };
    private readonly Option<string?> _dropEvery = new("--drop-every") { Description = "About how long such a client stays; 30s when left out.", HelpName = "TIME" };
    private readonly Option<string?> _query = new("--query") { Description = "What each client asks the server: JSON.", HelpName = "DATA" };
    private readonly Option<string?> _queryEvery = new("--query-every") { Description = "Between two queries of a client.", HelpName = "TIME" };

    private delegate bool Reader<T>(string? text, [NotNullWhen(true)] out T? value);

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_script, _type, _idPrefix, _ramp, _duration, _delay, _answer, _silent, _drop, _dropEvery, _query, _queryEvery])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The script that is named.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public Task<CrowdScript> ScriptAsync(CommandRun run, CancellationToken cancellationToken) => CrowdScript.ReadAsync(run.Value(_script), cancellationToken);

    /// <summary>Between two HEARTs, as the script says.</summary>
    /// <exception cref="UsageException">It is no time.</exception>
    public TimeSpan? HeartbeatOf(CrowdScript script) => Time("heartbeat", script.Heartbeat);

    /// <summary>The plan of both.</summary>
    /// <exception cref="UsageException">Something is not what it should be.</exception>
    public CrowdPlan PlanOf(CommandRun run, int count, CrowdScript script)
    {
        var type = run.Value(_type) ?? script.Type ?? "caller";
        var plan = new CrowdPlan
        {
            Count = count,
            Type = Target.TryParse(type, out var target) && target.Id is null ? type : throw new UsageException($"type: '{type}' is none: a-z, 0-9, '_' and '-'."),
            IdPrefix = run.Value(_idPrefix) ?? script.IdPrefix ?? "sim-",
            Ramp = run.Value(_ramp) ?? script.Ramp ?? DefaultRamp,
            Duration = Time("duration", run.Value(_duration) ?? script.Duration),
            Delay = Read<AnswerDelay>("delay", run.Value(_delay) ?? script.Delay, AnswerDelay.TryParse, AnswerDelay.Rule) ?? AnswerDelay.None,
            Answer = Read<AnswerRule>("answer", run.Value(_answer) ?? script.Answer, AnswerRule.TryParse, "echo, none or fixed:JSON") ?? AnswerRule.Echo,
            Silent = Share("silent", run.Value(_silent) ?? script.Silent),
            Drop = Share("drop", run.Value(_drop) ?? script.Drop),
            DropEvery = Time("dropEvery", run.Value(_dropEvery) ?? script.DropEvery) ?? DefaultDropEvery,
            Query = run.Value(_query) is { } query ? JsonData.OfLine(query) : script.Query,
            QueryEvery = Time("queryEvery", run.Value(_queryEvery) ?? script.QueryEvery),
        };
        return plan switch
        {
            { Ramp: not (> 0 and <= 100_000) } => throw new UsageException("ramp: more than 0, at most 100000 a second."),
            { Answer.Kind: AnswerKind.Ask } => throw new UsageException("answer: echo, none or fixed:JSON; nobody types for a crowd."),
            { Drop: > 0 } when plan.DropEvery < TimeSpan.FromMilliseconds(100) => throw new UsageException("dropEvery: 100ms or more."),
            { QueryEvery: { } every } when every < TimeSpan.FromMilliseconds(10) => throw new UsageException("queryEvery: 10ms or more."),
            { Query: not null, QueryEvery: null } => throw new UsageException("query needs queryEvery: how often each client asks."),
            _ => plan,
        };
    }

    private static TimeSpan? Time(string name, string? text) =>
        text is null ? null : Durations.TryParse(text, out var time) && time < TimeSpan.FromDays(24) ? time : throw Wrong(name, text, $"a time, {Durations.Rule}");

    private static double Share(string name, string? text) =>
        text is null ? 0 : Shares.TryParse(text, out var share) ? share : throw Wrong(name, text, "a share, for example 5% or 0.05");

    private static T? Read<T>(string name, string? text, Reader<T> reader, string rule)
        where T : class =>
        text is null ? null : reader(text, out var value) ? value : throw Wrong(name, text, rule);

    private static UsageException Wrong(string name, string text, string rule) => new($"{name}: '{text}' is not {rule}.");
}
