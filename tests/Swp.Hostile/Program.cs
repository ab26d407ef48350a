using System.CommandLine;
using Swp.Hostile.Attacks;
using Swp.Hostile.Reports;
using Swp.Hostile.Running;

var attacks = new Option<string[]>("--attack") { Description = $"Only this attack; may be repeated: {string.Join(", ", AttackCatalogue.All.Select(attack => attack.Name))}." };
var report = new Option<FileInfo?>("--report") { Description = "Write the table to this Markdown file." };
var shortForm = new Option<bool>("--short") { Description = "The short form, as the tests run it: fewer of each, and a server that loses patience sooner." };
var commit = new Option<string?>("--commit") { Description = "What is attacked, for the report." };

var command = new RootCommand("Attacks a running server in every way that is known, and measures its memory and another client's latency meanwhile.")
{
    attacks, report, shortForm, commit,
};
command.SetAction(async (arguments, cancellationToken) =>
{
    var names = arguments.GetValue(attacks) ?? [];
    if (names.FirstOrDefault(name => AttackCatalogue.Find(name) is null) is { } unknown)
    {
        await Console.Error.WriteLineAsync($"There is no attack '{unknown}'.");
        return 2;
    }

    var results = new List<AttackResult>();
    await using (var run = await HostileRun.StartAsync(arguments.GetValue(shortForm) ? HostileOptions.Short : HostileOptions.Full))
    {
        foreach (var attack in AttackCatalogue.All.Where(attack => names.Length == 0 || names.Contains(attack.Name)))
        {
            var result = await run.RunAsync(attack, cancellationToken);
            results.Add(result);
            Console.WriteLine($"{attack.Name}: {(result.Faults.Count == 0 ? "held" : string.Join(' ', result.Faults))} ({result.Took.TotalSeconds:0.0} s)");
        }
    }

    var table = HostileTable.Write(results, arguments.GetValue(commit));
    Console.WriteLine();
    Console.WriteLine(table);
    Console.WriteLine(HostileTable.WriteFaults(results));
    if (arguments.GetValue(report) is { } file)
    {
        await File.WriteAllTextAsync(file.FullName, table, cancellationToken);
    }

    return results.All(result => result.Faults.Count == 0) ? 0 : 1;
});

// Ctrl+C cancels the token above; within this time the server is ended.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
