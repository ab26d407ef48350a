using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Swp.Bench.Load.Dialects;
using Swp.Bench.Load.Scenarios;

var scenarios = new Dictionary<string, IScenario>(StringComparer.Ordinal)
{
    ["query"] = new QueryScenario(),
    ["call"] = new CallScenario(),
    ["call-http"] = new HttpCallScenario(),
    ["connect"] = new ConnectScenario(),
    ["storm"] = new StormScenario(),
    ["idle"] = new IdleScenario(),
    ["fanout"] = new FanOutScenario(),
};

var scenario = new Argument<string>("scenario") { Description = "What to measure." };
scenario.AcceptOnlyFromAmong([.. scenarios.Keys]);
var dialect = new Option<string>("--dialect") { Description = "How the clients speak.", Required = true };
dialect.AcceptOnlyFromAmong(DialectNames.All);
var servers = EndPoints("--servers", "Where the clients connect, in turn: host:port, with commas between.");
servers.Required = true;
var refuge = EndPoints("--refuge", "Where they connect when their server is gone (storm).");
var control = Address("--control", "The process whose callers call (call), or that sends to all (fanout).");
var entry = Address("--entry", "The HTTP entry (call-http, storm).");
var pids = new Option<int[]>("--pids") { Description = "The server processes, whose processor time and memory are taken.", AllowMultipleArgumentsPerToken = true };
var victim = new Option<int?>("--victim") { Description = "The process to kill (storm)." };
var clients = new Option<int>("--clients") { Description = "How many clients.", DefaultValueFactory = _ => 200 };
var firstId = new Option<int>("--first-id") { Description = "The id of the first client.", DefaultValueFactory = _ => 0 };
var callers = new Option<int>("--callers") { Description = "How many callers.", DefaultValueFactory = _ => 64 };
var inFlight = new Option<int>("--in-flight") { Description = "How many queries are under way; 0: one a client.", DefaultValueFactory = _ => 0 };
var warmUp = new Option<double>("--warm-up") { Description = "Seconds before the measurement.", DefaultValueFactory = _ => 2 };
var seconds = new Option<double>("--seconds") { Description = "Seconds of the measurement.", DefaultValueFactory = _ => 5 };
var payload = new Option<int>("--payload") { Description = "Bytes of JSON carried.", DefaultValueFactory = _ => 100 };
var concurrency = new Option<int>("--connect-concurrency") { Description = "How many clients connect at a time.", DefaultValueFactory = _ => 64 };

var command = new RootCommand("The bench's load: connects clients, drives one scenario and prints what it found as JSON.")
{
    scenario, dialect, servers, refuge, control, entry, pids, victim, clients, firstId, callers, inFlight, warmUp, seconds, payload, concurrency,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var options = new LoadOptions
    {
        Dialect = arguments.GetValue(dialect)!,
        Servers = arguments.GetValue(servers)!,
        Refuge = arguments.GetValue(refuge) ?? [],
        Control = arguments.GetValue(control),
        Entry = arguments.GetValue(entry),
        Pids = arguments.GetValue(pids) ?? [],
        Victim = arguments.GetValue(victim),
        Clients = arguments.GetValue(clients),
        FirstId = arguments.GetValue(firstId),
        Callers = arguments.GetValue(callers),
        InFlight = arguments.GetValue(inFlight),
        WarmUpSeconds = arguments.GetValue(warmUp),
        Seconds = arguments.GetValue(seconds),
        PayloadBytes = arguments.GetValue(payload),
        ConnectConcurrency = arguments.GetValue(concurrency),
    };
    var metrics = await scenarios[arguments.GetValue(scenario)!].RunAsync(options, cancellationToken);
    Console.WriteLine(JsonSerializer.Serialize<Dictionary<string, double>>(metrics));
    return 0;
});
return await command.Parse(args).InvokeAsync();

static Option<IPEndPoint[]> EndPoints(string name, string description) => new(name)
{
    Description = description,
    CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(text => IPEndPoint.Parse(text.ToString(CultureInfo.InvariantCulture)))],
};

static Option<Uri?> Address(string name, string description) => new(name)
{
    Description = description,
    CustomParser = result => new Uri(result.Tokens[0].Value),
};
