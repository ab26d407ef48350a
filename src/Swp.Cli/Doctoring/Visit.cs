using Swp.Cli.Api;
using Swp.Cli.Invocation;

namespace Swp.Cli.Doctoring;

/// <summary>What a check is told, and what earlier ones have learnt.</summary>
internal sealed class Visit(CommandRun run)
{
    public CommandRun Run => run;

    public ServerApi Api => run.Api;

    /// <summary>The type that is looked at, when one was named.</summary>
    public string? Type { get; init; }

    /// <summary>The page to speak for.</summary>
    public string? Origin { get; init; }

    /// <summary>Other members.</summary>
    public required IReadOnlyList<Uri> Members { get; init; }

    /// <summary>The types, once they could be read.</summary>
    public ClientTypes? Types { get; set; }
}
