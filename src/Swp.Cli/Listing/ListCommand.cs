using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Swp.Cli.Api;
using Swp.Cli.Invocation;
using Swp.Cli.Output;
using Swp.Cli.Parsing;

namespace Swp.Cli.Listing;

/// <summary><c>swp ls</c>: who is connected.</summary>
internal sealed class ListCommand : SwpCommand
{
    private const int PageSize = 1000;

    private readonly Argument<Target?> _what = NewArgument();
    private readonly Option<bool> _types = new("--types") { Description = "The client types, and how many of each are connected." };

    private readonly Option<int?> _limit = new("--limit") { Description = "At most so many clients.", HelpName = "N" };

    public ListCommand()
        : base(
            "ls",
            "Who is connected; or all that is known of one client.",
            "swp ls                     everybody who is connected",
            "swp ls caller --limit 20",
            "swp ls caller/999          one client, connected or not",
            "swp ls --types --json")
    {
        _limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
            {
                result.AddError("--limit is 1 or more.");
            }
        });
        Arguments.Add(_what);
        Options.Add(_types);
        Options.Add(_limit);
    }

    public override Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var what = run.Value(_what);
        if (run.Value(_types))
        {
            return what is null ? ListTypesAsync(run, cancellationToken) : throw new UsageException("--types lists all types: leave TYPE out.");
        }

        return what?.Id is null ? ListClientsAsync(run, what?.Type, cancellationToken) : ShowAsync(run, what, cancellationToken);
    }

    private static Argument<Target?> NewArgument()
    {
        var argument = Typed.ClientOrType("what", "Only clients of this type; or one client.");
        argument.Arity = ArgumentArity.ZeroOrOne;
        return argument!;
    }

    private static async Task<int> ShowAsync(CommandRun run, Target client, CancellationToken cancellationToken)
    {
        var reply = await run.Api.GetAsync(client.Path, cancellationToken);
        if (run.Json)
        {
            run.Console.WriteLine(reply.Text);
            return ExitCode.Ok;
        }

        var status = reply.Read(ApiJson.Default.ClientStatus);
        run.Console.Write(TextColumns.Format(
        [
            ["client", $"{status.Type}/{status.Id}"],
            ["connected", status.Connected ? $"since {Moments.Show(status.ConnectedAt)}" : "no"],
            ["last seen", Moments.Show(status.LastSeen)],
            ["last heartbeat", Moments.Show(status.LastHeartbeat)],
            ["gateway", status.Gateway ?? "-"],
            ["address", status.RemoteAddress ?? "-"],
            ["owner", status.Owner ?? "-"],
            ["open calls", status.PendingRequests.ToString(CultureInfo.InvariantCulture)],
            ["banned", !status.Banned ? "no" : $"{(status.BannedUntil is { } until ? $"until {Moments.Show(until)}" : "for ever")}{(status.BanReason is { } reason ? $": {reason}" : "")}"],
        ]));
        return ExitCode.Ok;
    }

    private static async Task<int> ListTypesAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var reply = await run.Api.GetAsync("api/v1/types", cancellationToken);
        var list = reply.Read(ApiJson.Default.ClientTypes);
        if (run.Json)
        {
            run.Console.WriteLine(reply.Text);
        }
        else
        {
            run.Console.Write(TextColumns.Format(
            [
                ["TYPE", "NAME", "CONNECTED", "TOKEN", "PAYLOAD"],
                .. list.Types.Select(type => (string[])[type.Name, type.DisplayName, type.Connected.ToString(CultureInfo.InvariantCulture), type.RequiresToken ? "needed" : "-", type.PayloadStyle]),
            ]));
        }

        return Judge(run, list.Failed);
    }

    private async Task<int> ListClientsAsync(CommandRun run, string? type, CancellationToken cancellationToken)
    {
        var left = run.Value(_limit) ?? int.MaxValue;
        var failed = 0;
        var header = true;
        string? cursor = null;
        do
        {
            var page = (await run.Api.GetAsync(
                $"api/v1/clients?type={type}&limit={Math.Min(left, PageSize)}&cursor={Uri.EscapeDataString(cursor ?? "")}",
                cancellationToken)).Read(ApiJson.Default.ClientPage);
            Print(run, page.Clients, ref header);
            left -= page.Clients.Length;
            failed = Math.Max(failed, page.Failed);
            cursor = page.Next;
        }
        while (cursor is not null && left > 0);

        return Judge(run, failed);
    }

    // Page by page: there may be a million.
    private static void Print(CommandRun run, JsonElement[] clients, ref bool header)
    {
        if (run.Json)
        {
            run.Console.Write(string.Concat(clients.Select(client => client.GetRawText() + "\n")));
            return;
        }

        var rows = clients
            .Select(client => client.Deserialize(ApiJson.Default.ConnectedClient)!)
            .Select(client => (string[])[client.Type, client.Id, client.Gateway, Moments.Show(client.ConnectedAt), client.RemoteAddress ?? "-"]);
        run.Console.Write(TextColumns.Format(header ? [["TYPE", "ID", "GATEWAY", "CONNECTED", "ADDRESS"], .. rows] : [.. rows]));
        header = false;
    }

    private static int Judge(CommandRun run, int failed)
    {
        if (failed == 0)
        {
            return ExitCode.Ok;
        }

        run.Console.Say($"{Counts.Show(failed, "gateway")} did not answer: their clients are missing.");
        return ExitCode.Failed;
    }
}
