using System.CommandLine;

namespace Swp.Cli.Invocation;

/// <summary>One command of the tool, with examples for its help.</summary>
internal abstract class SwpCommand : Command
{
    protected SwpCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines as they are typed.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken);
}
