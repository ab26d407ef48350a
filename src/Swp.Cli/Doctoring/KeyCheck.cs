using System.Net;
using Swp.Cli.Api;

namespace Swp.Cli.Doctoring;

/// <summary>Is the key accepted, and what may be done with it? Found out with requests that have no effect.</summary>
internal static class KeyCheck
{
    private const string Probe = "swp-doctor";

    public static async Task RunAsync(Visit visit, Findings findings, CancellationToken cancellationToken)
    {
        var read = await visit.Api.AskAsync(HttpMethod.Get, "api/v1/types", json: null, ServerApi.Patience, cancellationToken);
        if (read.Status == HttpStatusCode.Unauthorized)
        {
            findings.Problem(
                $"The server refuses {(visit.Run.Key is null ? "calls without an API key" : "this API key")}: {read.ToProblem().Detail}",
                "Nothing of the server API can be used.",
                visit.Run.Key is null ? "Give a key: --key-file FILE, or SWP_API_KEY." : "Ask whoever runs the gateways for a key that is in force; 'keygen NAME' makes one.");
            return;
        }

        if (read.IsSuccess)
        {
            visit.Types = read.Read(ApiJson.Default.ClientTypes);
        }
        else if (read.Status != HttpStatusCode.Forbidden)
        {
            findings.Problem($"The client types cannot be read: {read.ToProblem().InWords()}", "No owner answers the gateway.", "See whether owners are ready, and the gateway's log.");
        }

        if (visit.Run.Key is null || await IsOpenAsync(visit, cancellationToken))
        {
            if (read.IsSuccess)
            {
                findings.Note("The server asks for no API key.", "Every program of the gateway's machine may do everything; others may do nothing.", "Configure Swp:ApiKeys before others are to call: 'keygen NAME' makes one.");
            }

            return;
        }

        await CheckScopesAsync(visit, read, findings, cancellationToken);
    }

    // Without keys it takes any.
    private static async Task<bool> IsOpenAsync(Visit visit, CancellationToken cancellationToken)
    {
        using var stranger = new ServerApi(visit.Api.Address, key: null, visit.Run.Console.Time);
        return (await stranger.AskAsync(HttpMethod.Get, "api/v1/types", json: null, ServerApi.Patience, cancellationToken)).IsSuccess;
    }

    private static async Task CheckScopesAsync(Visit visit, ApiReply read, Findings findings, CancellationToken cancellationToken)
    {
        var client = $"api/v1/clients/{visit.Type ?? visit.Types?.Types.FirstOrDefault()?.Name ?? "caller"}/{Probe}";
        var scopes = new List<(string Scope, ApiReply Reply)>
        {
            ("read", read),

            // A time-out of nothing and a ban with a member that no ban has: refused, but only after the key was judged.
            ("call", await visit.Api.AskAsync(HttpMethod.Post, $"{client}/requests", """{"timeoutMs":0}""", ServerApi.Patience, cancellationToken)),
            ("admin", await visit.Api.AskAsync(HttpMethod.Put, $"{client}/ban", """{"doctor":true}""", ServerApi.Patience, cancellationToken)),
        };
        findings.Ok($"The API key is accepted, for: {string.Join(", ", scopes.Where(scope => scope.Reply.Status != HttpStatusCode.Forbidden).Select(scope => scope.Scope).DefaultIfEmpty("nothing that was tried"))}.");
        foreach (var (scope, reply) in scopes.Where(scope => scope.Reply.Status == HttpStatusCode.Forbidden))
        {
            findings.Note(
                $"The API key may not do what needs '{scope}'. {reply.ToProblem().Detail}",
                scope switch
                {
                    "read" => "ls and watch are refused, and doctor sees less.",
                    "call" => "call and send are refused.",
                    _ => "kick and ban are refused.",
                });
        }
    }
}
