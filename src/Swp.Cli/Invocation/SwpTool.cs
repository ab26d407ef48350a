using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Swp.Cli.Administration;
using Swp.Cli.Api;
using Swp.Cli.Calling;
using Swp.Cli.Crowds;
using Swp.Cli.Devices;
using Swp.Cli.Doctoring;
using Swp.Cli.Listing;
using Swp.Cli.Output;
using Swp.Cli.Watching;

namespace Swp.Cli.Invocation;

/// <summary>The tool: its commands, and what comes of whatever goes wrong in them.</summary>
internal static class SwpTool
{
    /// <summary>How long a command has to end well after Ctrl+C.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliConsole console, CancellationToken cancellationToken = default)
    {
        // An argument that begins with @ is a file of data here, not one of arguments.
        var arguments = Build(console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (arguments.Action is ParseErrorAction)
        {
            // Who mistypes a command has given none either, which is not worth a line.
            foreach (var error in arguments.Errors.Skip(arguments.UnmatchedTokens.Count > 0 && arguments.CommandResult.Command is RootCommand ? 1 : 0))
            {
                console.Say(error.Message);
            }

            console.Say($"'{CommandLineOf(arguments)} --help' says how it is used.");
            return ExitCode.Usage;
        }

        return await arguments.InvokeAsync(
            new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                ProcessTerminationTimeout = Patience,
                EnableDefaultExceptionHandler = false,
            },
            cancellationToken);
    }

    private static RootCommand Build(CliConsole console)
    {
        var common = new CommonOptions();
        var root = new RootCommand("Asks, watches, is and simulates the clients of a Swp cluster, and says what is wrong with it.");
        foreach (var option in common.All)
        {
            root.Options.Add(option);
        }

        foreach (var command in Commands())
        {
            command.SetAction((arguments, cancellationToken) => RunAsync(command, arguments, console, common, cancellationToken));
            root.Subcommands.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!);
        return root;
    }

    private static IEnumerable<SwpCommand> Commands() =>
    [
        new ListCommand(), new CallCommand(), new SendCommand(), new KickCommand(), new BanCommand(), new WatchCommand(), new ClientCommand(),
        new SimulateCommand(), new DoctorCommand(),
    ];

    private static async Task<int> RunAsync(SwpCommand command, ParseResult arguments, CliConsole console, CommonOptions common, CancellationToken cancellationToken)
    {
        using var run = new CommandRun(arguments, console, common);
        try
        {
            return await command.RunAsync(run, cancellationToken);
        }
        catch (UsageException e)
        {
            console.Say(e.Message);
            return ExitCode.Usage;
        }
        catch (ServerUnreachableException e)
        {
            console.Say(e.Message);
            return ExitCode.Unreachable;
        }
        catch (ProblemException e)
        {
            if (run.Json)
            {
                console.WriteLine(e.Text);
            }

            console.Say(e.Message);
            return e.Problem.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.Say("interrupted.");
            return ExitCode.Interrupted;
        }
    }

    private static string CommandLineOf(ParseResult arguments) =>
        arguments.CommandResult.Command is RootCommand ? "swp" : $"swp {arguments.CommandResult.Command.Name}";
}
