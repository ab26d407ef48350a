using Swp.Fuzz.Engine;
using Swp.Fuzz.Targets;
using Swp.Testing.Processes;

namespace Swp.Hostile.Tests.Fuzzing;

/// <summary>What the fuzzer knows, and what it has found: each input once more, without instrumentation.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_known_input_is_taken_as_it_must(string name)
    {
        var target = FuzzTargets.All.Single(target => target.Name == name);
        var inputs = InputFolder.Read(Folder("corpus"), name).Concat(InputFolder.Read(Folder("found"), name)).ToArray();

        Assert.NotEmpty(inputs);
        Assert.All(inputs, target.Run);
    }

    private static string Folder(string name) => Path.Combine(BuiltProgram.Root, "tests", "fuzz", name);
}
