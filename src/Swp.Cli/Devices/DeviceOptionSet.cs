using System.CommandLine;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;

namespace Swp.Cli.Devices;

/// <summary>How a client connects, as <c>client</c> and <c>simulate</c> are told.</summary>
internal sealed class DeviceOptionSet
{
    private readonly Option<TimeSpan?> _heartbeat = Typed.Duration("--heartbeat", "Between two HEARTs; 50s when left out. The server allows no less than 45s unless its type is configured so.");
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "A file that holds the token of OPEN, read at each connection; else SWP_TOKEN.", HelpName = "FILE" };
    private readonly Option<string?> _origin = new("--origin") { Description = "The page to speak for, as a browser does.", HelpName = "ORIGIN" };

    public void AddTo(Command command)
    {
        command.Options.Add(_heartbeat);
        command.Options.Add(_tokenFile);
        command.Options.Add(_origin);
    }

    /// <summary>Between two HEARTs.</summary>
    public TimeSpan? Heartbeat(CommandRun run) =>
        run.Value(_heartbeat) is { } heartbeat && heartbeat < TimeSpan.FromMilliseconds(10) ? throw new UsageException("--heartbeat is 10ms or more.") : run.Value(_heartbeat);

    public string? Origin(CommandRun run) => run.Value(_origin);

    /// <summary>What gives the token of each connection.</summary>
    /// <exception cref="UsageException">The file cannot be read now.</exception>
    public Func<string?> Token(CommandRun run)
    {
        var variable = run.Console.Variable("SWP_TOKEN");
        if (run.Value(_tokenFile) is not { } file)
        {
            return () => variable;
        }

        var last = CommonOptions.ReadFile(file);
        return () => last = ReadAgain(file, last);
    }

    // While it is replaced it may be away; the last one may still do.
    private static string ReadAgain(string file, string last)
    {
        try
        {
            return CommonOptions.ReadFile(file);
        }
        catch (UsageException)
        {
            return last;
        }
    }
}
