using System.Globalization;
using System.Reflection;
using Swp.Cli.Api;
using Swp.Cli.Metrics;
using Swp.Cli.Output;

namespace Swp.Cli.Doctoring;

/// <summary>Is every member that can be asked well, as far as it knows itself: its peers, Redis, its records, its version?</summary>
internal static class MembersCheck
{
    private const double MaxRecordLag = 5;

    public static async Task RunAsync(Visit visit, Findings findings, CancellationToken cancellationToken)
    {
        var asked = new List<MemberHealth>();
        await ReadAsync(visit.Api, asked, findings, cancellationToken);
        foreach (var address in visit.Members)
        {
            using var member = new ServerApi(address, visit.Run.Key, visit.Run.Console.Time);
            if (await AddressCheck.RunAsync(member, visit.Run.Console.Time, findings, cancellationToken))
            {
                await ReadAsync(member, asked, findings, cancellationToken);
            }
        }

        CheckVersions(asked, findings);
        CheckWhoWasAsked(asked, findings);
    }

    private static async Task ReadAsync(ServerApi api, List<MemberHealth> asked, Findings findings, CancellationToken cancellationToken)
    {
        var name = ServerApi.Show(api.Address);
        try
        {
            var reply = await api.GetAsync("metrics", cancellationToken);
            var member = new MemberHealth(name, new MetricSet(MetricText.Parse(reply.Text)));
            asked.Add(member);
            Check(member, findings);
        }
        catch (ProblemException e) when (e.Problem.IsAboutTheKey)
        {
            findings.Note($"The metrics of {name} may not be read with this key.", "Whether its peers and Redis are well is not known.", "Use a key with the scope 'read' that is not limited to types.");
        }
        catch (Exception e) when (e is ProblemException or ServerUnreachableException)
        {
            findings.Problem($"The metrics of {name} cannot be read: {e.Message}", "Monitoring does not see it either.", "See its log.");
        }
    }

    private static void Check(MemberHealth member, Findings findings)
    {
        var before = findings.Count;
        if (member.Sum("swp_cluster_expelled") > 0)
        {
            findings.Problem($"{member.Address} has been lost to its cluster and stops.", "Its row is gone from Redis, or says that it is dead.", "Let its supervisor start it again; see whether Redis lost data.");
        }

        if (member.Sum("swp_owner_draining") > 0)
        {
            findings.Problem($"{member.Address} is an owner that is stopping.", "Its clients move to other owners.", "If nobody stopped it on purpose, its log says why.");
        }

        foreach (var use in member.UnreachableRedis)
        {
            findings.Problem(
                $"{member.Address} does not reach Redis ({use}).",
                use == "membership"
                    ? "No member can join, and none that dies is declared dead: calls to its clients end as not_sent or lost_in_flight."
                    : "Bans and who was seen last are not written, and are lost if this member ends before Redis is back.",
                "Is Redis up, and is Swp:Redis right? What is connected keeps working meanwhile.");
        }

        foreach (var (reach, count) in member.Metrics.By("swp_link_peers", "swp_link_reach", sample => sample.Label("swp_link_reach") != "answering" && sample.Value > 0))
        {
            findings.Problem(
                $"{member.Address} has {Counts.Show((long)count, "peer")} that {(count == 1 ? "is" : "are")} {reach}.",
                "Calls to the clients over there end as lost_in_flight or not_sent.",
                "See those members' logs, and the network between them: the port between members is 11111 unless configured (Swp:SiloPort).");
        }

        if (member.Sum("swp_owner_records_lag_seconds") is > MaxRecordLag and var lag)
        {
            findings.Problem(
                string.Create(CultureInfo.InvariantCulture, $"{member.Address} has records of clients that wait to be written for {lag:0} s."),
                "What they say (who was seen last, bans) is lost if it ends now.",
                "Is Redis slow, full or away?");
        }

        if (findings.Count == before)
        {
            findings.Ok($"{member.Address} sees {Describe(member)}; its peers and its store answer.");
        }
    }

    private static string Describe(MemberHealth member) =>
        string.Join(", ", member.Members.Where(status => status.Value > 0).Select(status => $"{Counts.Show((long)status.Value, $"{status.Key} member")}").DefaultIfEmpty("no members"));

    private static void CheckVersions(List<MemberHealth> asked, Findings findings)
    {
        var versions = asked.Where(member => member.Version is not null).GroupBy(member => member.Version!).ToList();
        if (versions.Count > 1)
        {
            findings.Problem(
                $"The members have different versions: {string.Join("; ", versions.Select(version => $"{version.Key} ({string.Join(", ", version.Select(member => member.Address))})"))}.",
                "That is as it should be only while they are being upgraded.",
                "Finish the upgrade.");
        }
        else if (versions.Count == 1)
        {
            var version = versions[0].Key;
            findings.Ok(asked.Count == 1 ? $"Its version is {version}." : $"All {asked.Count} members that were asked have version {version}.");
            var own = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3);
            if (own != version)
            {
                findings.Note($"This tool has version {own}.", "It may not know all that the server says.", "Use the tool of the server's version.");
            }
        }
    }

    private static void CheckWhoWasAsked(List<MemberHealth> asked, Findings findings)
    {
        var active = asked.Select(member => member.Members.Where(status => status.Key.Equals("active", StringComparison.OrdinalIgnoreCase)).Sum(status => status.Value)).DefaultIfEmpty(0).Max();
        if (active > asked.Count)
        {
            findings.Note(
                $"The cluster has {Counts.Show((long)active, "member")}; {asked.Count} {(asked.Count == 1 ? "was" : "were")} asked.",
                "Of the others only what these know of them is known.",
                "Name their operations addresses too: --member URL (gateways 8082, owners 8083).");
        }
    }
}
