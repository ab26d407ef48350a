using System.CommandLine;
using System.Text.Json;
using Swp.Chaos.Faults;
using Swp.Chaos.Reports;
using Swp.Chaos.Running;
using Swp.Chaos.Schedules;
using Swp.Testing.Networks;

const int StoriesOfEachRule = 3;
var defaultLength = TimeSpan.FromMinutes(15);

static Option<int?> Number(string name, string description, int least) => new(name)
{
    Description = description,
    CustomParser = result =>
    {
        if (int.TryParse(result.Tokens[0].Value, out var value) && value >= least)
        {
            return value;
        }

        result.AddError($"{name} is a whole number, {least} or more.");
        return null;
    },
};

var minutes = Number("--minutes", "About how long to run: as many rounds as have room, one at least (default: 15).", 1);
var seed = Number("--seed", "Repeats the order of another run (default: a new one).", 0);
var clients = Number("--clients", "How many clients connect (default: 1000).", 10);
var rate = Number("--rate", "Calls a second (default: 200).", 1);
var faults = new Option<IReadOnlyList<IFault>?>("--faults")
{
    Description = $"Which faults, by name, with commas between (default: all; the short form has one cut): {string.Join(", ", FaultCatalogue.All.Select(fault => fault.Name))}.",
    CustomParser = result =>
    {
        var names = result.Tokens[0].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var unknown in names.Where(name => FaultCatalogue.Find(name) is null))
        {
            result.AddError($"There is no fault '{unknown}'.");
        }

        IFault[] known = [.. names.Select(FaultCatalogue.Find).OfType<IFault>()];
        foreach (var cut in known.Where(fault => fault.CutsNetwork && !NamespaceNetwork.IsAvailable))
        {
            result.AddError($"'{cut.Name}' {FaultCatalogue.CutsNeed}.");
        }

        return known;
    },
};
var report = new Option<FileInfo?>("--report") { Description = "Write the table to this Markdown file." };
var json = new Option<FileInfo?>("--json") { Description = "Write everything to this JSON file." };
var keepLogs = new Option<DirectoryInfo?>("--keep-logs") { Description = "Keep the members' logs and the run's own here (otherwise only when something is wrong, below artifacts/chaos)." };
var shortForm = new Option<bool>("--short") { Description = "The short form, as the tests run it: fewer clients and calls, everything once and briefly." };
var commit = new Option<string?>("--commit") { Description = "What is tested, for the report." };

var command = new RootCommand("Breaks a cluster of real processes under load and checks that every call had one true outcome.")
{
    minutes, seed, clients, rate, faults, report, json, keepLogs, shortForm, commit,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var form = arguments.GetValue(shortForm) ? ChaosOptions.Short : new ChaosOptions { Length = defaultLength };
    var options = form with
    {
        Seed = arguments.GetValue(seed) ?? Random.Shared.Next(),
        Clients = arguments.GetValue(clients) ?? form.Clients,
        Rate = arguments.GetValue(rate) ?? form.Rate,
        Length = arguments.GetValue(minutes) is { } length ? TimeSpan.FromMinutes(length) : form.Length,
        Faults = arguments.GetValue(faults) ?? form.Faults,
        LogDirectory = arguments.GetValue(keepLogs)?.FullName,
        Commit = arguments.GetValue(commit),
    };
    var result = await new ChaosRun(options, Console.WriteLine).RunAsync(cancellationToken);
    var table = Markdown.Write(result);
    Console.WriteLine();
    Console.WriteLine(table);
    if (!result.IsClean)
    {
        Console.WriteLine(Markdown.WriteViolations(result, StoriesOfEachRule));
        Console.WriteLine($"The logs are in {result.LogDirectory}. To repeat the run: --seed {options.Seed}");
    }

    if (arguments.GetValue(report) is { } reportFile)
    {
        await File.WriteAllTextAsync(reportFile.FullName, table, cancellationToken);
    }

    if (arguments.GetValue(json) is { } jsonFile)
    {
        await File.WriteAllTextAsync(jsonFile.FullName, JsonSerializer.Serialize(result, ReportJson.Default.Report), cancellationToken);
    }

    return result.IsClean ? 0 : 1;
});

// Ctrl+C cancels the token above; within this time everything that was started is ended.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
