using System.Net;
using Swp.Cli.Api;
using Swp.Cli.Output;

namespace Swp.Cli.Doctoring;

/// <summary>Does every member of the cluster answer the gateway that is asked, and how does each say that it is?</summary>
internal static class ClusterCheck
{
    private static readonly string[] Roles = ["gateway", "owner"];

    public static async Task RunAsync(Visit visit, Findings findings, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(visit, findings, cancellationToken);
        }
        catch (Exception e) when (e is ServerUnreachableException or ProblemException)
        {
            // The members that were named are looked at all the same.
            findings.Problem(e.Message, "Whether the members of the cluster are well is not known.", "Ask again; see the gateway's log.");
        }
    }

    private static async Task LookAsync(Visit visit, Findings findings, CancellationToken cancellationToken)
    {
        var reply = await visit.Api.AskAsync(HttpMethod.Get, "api/v1/overview", json: null, ServerApi.Patience, cancellationToken);
        if (reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            findings.Note("The members of the cluster may not be looked at with this key.", "Of them is known only what each says itself: --member URL.", "Use a key with the scope 'read' that is not limited to types.");
            return;
        }

        if (!reply.IsSuccess)
        {
            findings.Problem($"The members of the cluster cannot be read: {reply.ToProblem().InWords()}", "Whether the others are well is not known.", "See the gateway's log.");
            return;
        }

        var members = reply.Read(ApiJson.Default.ClusterView).Nodes;
        foreach (var member in members)
        {
            Check(member, findings);
        }

        CheckOwners(members, findings);
        if (members.All(member => member.State == "ready"))
        {
            findings.Ok($"All members of the cluster answer: {string.Join(", ", Roles.Select(role => Counts.Show(members.Count(member => member.Roles.Contains(role)), role)))}.");
        }
    }

    private static void Check(MemberView member, Findings findings)
    {
        var who = $"{member.Name} ({string.Join(", ", member.Roles)})";
        switch (member.State)
        {
            case "silent":
                findings.Problem(
                    $"{who} does not answer.",
                    "What it holds is in no list and no count. If it is gone, the cluster declares it dead within seconds; if it hangs or is cut off, calls to its clients end as lost_in_flight or not_sent.",
                    "See its log and whether its process lives, and the network between members (Swp:SiloPort, 11111).");
                break;
            case "draining":
                findings.Note($"{who} is stopping.", "Its clients move to other members.", "If nobody stopped it on purpose, its log says why.");
                break;
            case "not_ready":
                findings.Problem($"{who} is not ready: {member.Detail ?? "it does not say why"}.", "No load balancer sends anybody to it.", "See its log.");
                break;
        }
    }

    private static void CheckOwners(MemberView[] members, Findings findings)
    {
        if (!members.Any(member => member.State == "ready" && member.Roles.Contains("owner")))
        {
            findings.Problem("The cluster has no owner that is ready.", "No client can open, and calls end as cluster_unavailable.", "Start Swp.Silo, with the same Swp:Redis and Swp:ClusterId.");
        }
    }
}
