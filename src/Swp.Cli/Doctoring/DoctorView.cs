using Spectre.Console;
using Swp.Cli.Output;
using Swp.Cluster.Logging;

namespace Swp.Cli.Doctoring;

/// <summary>A finding as a person reads it.</summary>
internal static class DoctorView
{
    private const string Indent = "         ";

    public static void Print(CliConsole console, Finding finding)
    {
        var (mark, colour) = finding.Severity switch
        {
            Severity.Ok => ("ok       ", "green"),
            Severity.Note => ("note     ", "yellow"),
            _ => ("PROBLEM  ", "red"),
        };
        if (console.IsTerminal)
        {
            console.Ansi.Write(new Markup($"[{colour}]{mark}[/]"));
            console.Write($"{SafeText.Of(finding.What)}\n");
        }
        else
        {
            console.Write($"{mark}{SafeText.Of(finding.What)}\n");
        }

        foreach (var line in (string?[])[finding.Why, finding.Do is { } toDo ? $"→ {toDo}" : null])
        {
            if (line is not null)
            {
                console.Write($"{Indent}{SafeText.Of(line)}\n");
            }
        }
    }
}
