using System.CommandLine;
using Swp.Fuzz.Engine;
using Swp.Fuzz.Targets;

// A heap that has grown by more than this keeps something of each input.
const long MaxHeapGrowth = 8 * 1024 * 1024;

// First of all: the code under test counts from its first call on.
var coverage = new Coverage();

var minutes = new Option<double>("--minutes") { Description = "How long each target is fuzzed (default: 1).", DefaultValueFactory = _ => 1 };
var inputs = new Option<long>("--inputs") { Description = "How many inputs each target gets at least, however long that takes (default: 0)." };
var seed = new Option<int?>("--seed") { Description = "Repeats the choices of another run (default: new ones)." };
var targets = new Option<string[]>("--target") { Description = $"Only this target; may be repeated: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}." };
var corpus = new Option<DirectoryInfo>("--corpus") { Description = "Where the known inputs are.", Required = true };
var found = new Option<DirectoryInfo>("--found") { Description = "Where inputs that break something are kept.", Required = true };
var save = new Option<bool>("--save-corpus") { Description = "Put the fewest inputs that take every branch in place of the known ones." };

var command = new RootCommand("Feeds the codec and the API's body parsing with inputs that coverage leads to what was not reached yet.")
{
    minutes, inputs, seed, targets, corpus, found, save,
};
command.SetAction(arguments =>
{
    var first = arguments.GetValue(seed) ?? Random.Shared.Next();
    Console.WriteLine($"Seed {first}.");
    var chosen = arguments.GetValue(targets) is { Length: > 0 } names ? FuzzTargets.All.Where(target => names.Contains(target.Name)) : FuzzTargets.All;
    var (total, broken) = (0L, 0);
    foreach (var target in chosen)
    {
        var (known, bad) = (arguments.GetValue(corpus)!.FullName, arguments.GetValue(found)!.FullName);
        var seeds = InputFolder.Read(known, target.Name).Concat(InputFolder.Read(bad, target.Name)).ToArray();
        var result = new Fuzzer(target, coverage, first).Run(seeds, TimeSpan.FromMinutes(arguments.GetValue(minutes)), arguments.GetValue(inputs));
        Console.WriteLine(result);
        foreach (var failure in result.Failures)
        {
            Console.WriteLine($"  {InputFolder.Write(bad, target.Name, failure.Input)}\n{failure.Exception}");
        }

        if (arguments.GetValue(save))
        {
            InputFolder.Replace(known, target.Name, result.Corpus);
        }

        total += result.Inputs;
        broken += result.Failures.Count + (result.HeapGrowth > MaxHeapGrowth ? 1 : 0);
    }

    Console.WriteLine($"{total:N0} inputs, {broken} failures.");
    return broken == 0 ? 0 : 1;
});
return command.Parse(args).Invoke();
