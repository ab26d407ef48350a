using System.CommandLine;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;

namespace Swp.Cli.Administration;

/// <summary><c>swp kick</c>: close a client's connection.</summary>
internal sealed class KickCommand : SwpCommand
{
    private readonly Argument<Target> _client = Typed.Client();

    public KickCommand()
        : base("kick", "Close a client's connection with 4506: it does not come back by itself.", "swp kick caller/999") => Arguments.Add(_client);

    public override async Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var client = run.Value(_client)!;
        await run.Api.DoAsync(HttpMethod.Delete, $"{client.Path}/connection", json: null, cancellationToken);
        Done.Print(run, client, "disconnected", $"{client} is disconnected (4506).");
        return ExitCode.Ok;
    }
}
