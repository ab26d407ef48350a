using System.CommandLine;
using Swp.Cli.Api;
using Swp.Cli.Invocation;
using Swp.Cli.Output;
using Swp.Cli.Parsing;

namespace Swp.Cli.Doctoring;

/// <summary><c>swp doctor</c>: what is wrong, why it matters, what to do.</summary>
internal sealed class DoctorCommand : SwpCommand
{
    private readonly Option<string?> _type = new("--type") { Description = "The client type to try to connect as; the first one when left out.", HelpName = "TYPE" };
    private readonly Option<string?> _origin = new("--origin") { Description = "Whether a page of this origin may connect, for example https://clinic.example.com.", HelpName = "ORIGIN" };
    private readonly Option<string[]> _members = Typed.Members("The operations address of another member to look at (gateways 8082, owners 8083); may be repeated.");
    private readonly Option<string?> _config = new("--config") { Description = "Check a configuration file instead, with the servers' own rules.", HelpName = "FILE" };

    public DoctorCommand()
        : base(
            "doctor",
            "What is wrong with a cluster, or with a configuration file; why it matters, and what to do.",
            "swp doctor",
            "swp doctor --member http://127.0.0.1:8092 --member http://127.0.0.1:8083",
            "swp doctor --type caller --origin https://clinic.example.com",
            "swp doctor --config appsettings.json")
    {
        Options.Add(_type);
        Options.Add(_origin);
        Options.Add(_members);
        Options.Add(_config);
    }

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        if (run.Value(_config) is { } file)
        {
            ConfigurationCheck.Run(file, run.Console.Time, findings);
        }
        else
        {
            await ExamineAsync(run, findings, cancellationToken);
        }

        Print(run, findings);
        return findings.Healthy ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task ExamineAsync(CommandRun run, Findings findings, CancellationToken cancellationToken)
    {
        var visit = new Visit(run)
        {
            Type = run.Value(_type) is { } type && !(Target.TryParse(type, out var target) && target.Id is null) ? throw new UsageException("--type is the name of a client type.") : run.Value(_type),
            Origin = run.Value(_origin),
            Members = [.. Typed.MembersOf(run.Value(_members))],
        };
        if (!await AddressCheck.RunAsync(visit.Api, run.Console.Time, findings, cancellationToken))
        {
            return;
        }

        try
        {
            await KeyCheck.RunAsync(visit, findings, cancellationToken);
            TypesCheck.Run(visit, findings);
            await ConnectCheck.RunAsync(visit, findings, cancellationToken);
            await ClusterCheck.RunAsync(visit, findings, cancellationToken);
            await MembersCheck.RunAsync(visit, findings, cancellationToken);
        }
        catch (Exception e) when (e is ServerUnreachableException or ProblemException)
        {
            findings.Problem(e.Message, "It answered a moment ago.", "Ask again; see its log.");
        }
    }

    private static void Print(CommandRun run, Findings findings)
    {
        if (run.Json)
        {
            run.Console.WriteLine(JsonText.Of(new DoctorReport(findings.Healthy, [.. findings]), DoctorJson.Default));
            return;
        }

        foreach (var finding in findings)
        {
            DoctorView.Print(run.Console, finding);
        }

        var problems = findings.Count(finding => finding.Severity == Severity.Problem);
        run.Console.Say(problems == 0 ? "nothing is wrong that can be seen from here." : $"{Counts.Show(problems, "problem")}.");
    }
}
