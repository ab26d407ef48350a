using System.Net;
using Swp.Cli.Api;
using Swp.Cli.Parsing;

namespace Swp.Cli.Doctoring;

/// <summary>Is there a member at the address, is it ready, and does its clock agree with the one here?</summary>
internal static class AddressCheck
{
    private const string Ready = "ready";
    private const string Draining = "draining";

    /// <summary>The header tells no fractions, and the way takes its time.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(5);

    /// <returns>Whether there is anybody to ask more.</returns>
    public static async Task<bool> RunAsync(ServerApi api, TimeProvider time, Findings findings, CancellationToken cancellationToken)
    {
        var name = ServerApi.Show(api.Address);
        ApiReply live;
        var asked = time.GetUtcNow();
        try
        {
            live = await api.AskAsync(HttpMethod.Get, "health/live", json: null, ServerApi.Patience, cancellationToken);
        }
        catch (ServerUnreachableException e)
        {
            findings.Problem(
                e.Message.TrimEnd('.') + ".",
                "Nobody can call, watch or administer clients by this address.",
                "Is a gateway running, and is this its operations address (Swp:Listen:Operations, 8082 unless configured)? It listens on loopback only, unless configured; a firewall or NetworkPolicy may keep this machine out.");
            return false;
        }

        if (live.Status != HttpStatusCode.OK || live.Text.Trim() != "live")
        {
            findings.Problem(
                $"{name} answers HTTP {(int)live.Status}, and not as a Swp member does.",
                "Another program listens there, or a proxy stands in between; or it is the clients' address (8081).",
                "Give the operations address of a gateway: --url, or SWP_URL.");
            return false;
        }

        findings.Ok($"{name} answers.");
        CheckClock(name, asked, live.Date, time.GetUtcNow(), findings);
        await CheckReadinessAsync(api, name, findings, cancellationToken);
        return true;
    }

    private static async Task CheckReadinessAsync(ServerApi api, string name, Findings findings, CancellationToken cancellationToken)
    {
        ApiReply reply;
        try
        {
            reply = await api.AskAsync(HttpMethod.Get, "health/ready", json: null, ServerApi.Patience, cancellationToken);
        }
        catch (ServerUnreachableException e)
        {
            findings.Problem(e.Message, "It answered a moment ago.", "Ask again; see its log.");
            return;
        }

        switch (reply.Status, reply.Text.Trim())
        {
            case (HttpStatusCode.OK, Ready):
                findings.Ok($"{name} is ready.");
                break;
            case (HttpStatusCode.OK, var words):
                findings.Problem(
                    $"{name} is {words}.",
                    "Clients of an owner that does not answer are not reached: calls to them end as not_sent or lost_in_flight, and after a while they are sent to another gateway.",
                    "See that owner's log and its /health/ready (8083), and the network between it and this gateway.");
                break;
            case (_, Draining):
                findings.Problem(
                    $"{name} is draining: it is about to stop.",
                    "It takes no new sockets, and soon no new calls.",
                    "If nobody stopped it on purpose, its log says why. Otherwise ask another gateway.");
                break;
            case (_, var words):
                findings.Problem(
                    $"{name} is not ready: {words}.",
                    "It takes no sockets, and calls end as cluster_unavailable.",
                    "Are owners (Swp.Silo) running, with the same Swp:Redis and Swp:ClusterId, and do their logs say that they are ready?");
                break;
        }
    }

    private static void CheckClock(string name, DateTimeOffset asked, DateTimeOffset? theirs, DateTimeOffset answered, Findings findings)
    {
        if (theirs is not { } date)
        {
            return;
        }

        // The header is cut to seconds: half a second is the best guess.
        var skew = date + TimeSpan.FromSeconds(0.5) - (asked + ((answered - asked) / 2));
        if (skew.Duration() < MaxSkew)
        {
            findings.Ok($"The clocks of {name} and of this machine agree.");
            return;
        }

        findings.Problem(
            $"The clock of {name} is {Durations.Show(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this machine's.",
            "Tokens look expired or not yet valid (Swp:Tokens:ClockSkew is 30 s), bans end at another time, and logs do not match.",
            "Let both machines keep the time (chrony, systemd-timesyncd).");
    }
}
