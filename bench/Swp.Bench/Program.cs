using System.CommandLine;
using Spectre.Console;
using Swp.Bench.Contenders;
using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Vocabulary;
using Swp.Bench.Reports.Writing;
using Swp.Bench.Running;
using Swp.Testing.Processes;

const int WidthOfAFile = 170;

var scenarios = new Argument<string[]>("scenario")
{
    Description = $"What to measure (default: everything): {string.Join(", ", Scenarios.All.Select(scenario => scenario.Name))}.",
    Arity = ArgumentArity.ZeroOrMore,
};
scenarios.AcceptOnlyFromAmong([.. Scenarios.All.Select(scenario => scenario.Name)]);
var contenders = new Option<string[]>("--contenders")
{
    Description = $"Only these: {string.Join(", ", ContenderList.All.Select(contender => contender.Name))}.",
    AllowMultipleArgumentsPerToken = true,
};
contenders.AcceptOnlyFromAmong([.. ContenderList.All.Select(contender => contender.Name)]);
var seconds = new Option<double>("--seconds") { Description = "How long one measurement takes (default: 5; quick: 2)." };
var warmUp = new Option<double>("--warm-up") { Description = "How long each is used before it is measured (default: 30; quick: 1)." };
var rounds = new Option<int>("--rounds") { Description = "How often the contenders take turns (default: 3; quick: 1)." };
var quick = new Option<bool>("--quick") { Description = "One short round with a tenth of the clients: shows that all works, and no figures to quote." };
var output = new Option<string>("--output")
{
    Description = "Where the table (bench.md), the figures (bench.json) and the plots go.",
    DefaultValueFactory = _ => Path.Combine(BuiltProgram.Root, "artifacts", "bench"),
};
var commit = new Option<string?>("--commit") { Description = "What is measured, for the report." };

var command = new RootCommand("Measures Swp beside what one would take instead, in one run on one machine.") { scenarios, contenders, seconds, warmUp, rounds, quick, output, commit };
command.SetAction(async (arguments, cancellationToken) =>
{
    var isQuick = arguments.GetValue(quick);
    var options = new BenchOptions
    {
        Scenarios = arguments.GetValue(scenarios) ?? [],
        Contenders = arguments.GetValue(contenders) ?? [],
        Seconds = arguments.GetValue(seconds) is > 0 and var asked ? asked : isQuick ? 2 : 5,
        WarmUpSeconds = arguments.GetValue(warmUp) is > 0 and var before ? before : isQuick ? 1 : 30,
        Rounds = arguments.GetValue(rounds) is > 0 and var times ? times : isQuick ? 1 : 3,
        Quick = isQuick,
        Output = arguments.GetValue(output)!,
    };

    var console = AnsiConsole.Console;
    if (Console.IsOutputRedirected)
    {
        console.Profile.Width = WidthOfAFile;
    }

    var trials = Plan.For(options);
    var date = DateTimeOffset.UtcNow;
    var runner = new BenchRunner(options, console);
    await runner.RunAsync(trials, cancellationToken);
    var run = new BenchRun
    {
        Machine = Machine.Here(),
        Date = date,
        Commit = arguments.GetValue(commit),
        CommandLine = string.Join(' ', WithoutPlaces(args).Prepend("bench/run.sh")),
        Contenders = ContenderList.All,
        Scenarios = [.. Scenarios.All.Where(scenario => trials.Any(trial => trial.Scenario == scenario.Name))],
        Samples = runner.Samples,
        Absents = runner.Absents,
    };
    var report = BenchReport.From(run, Goals.All);
    ConsoleReport.Write(console, report);
    foreach (var file in await ReportFiles.WriteAsync(report, options.Output, cancellationToken))
    {
        console.WriteLine(file);
    }

    return runner.Samples.Count > 0 ? 0 : 1;
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) });

// What repeats the run; not what names it, or where its report went.
static IEnumerable<string> WithoutPlaces(string[] args) =>
    args.Where((arg, index) => arg is not ("--commit" or "--output") && (index == 0 || args[index - 1] is not ("--commit" or "--output")));
