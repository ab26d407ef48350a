using Swp.Cli.Api;
using Swp.Cli.Output;

namespace Swp.Cli.Doctoring;

/// <summary>Which types there are, how many are connected, and who needs a token.</summary>
internal static class TypesCheck
{
    public static void Run(Visit visit, Findings findings)
    {
        if (visit.Types is not { } types)
        {
            return;
        }

        if (types.Failed > 0)
        {
            findings.Problem(
                $"{Counts.Show(types.Failed, "gateway")} of the cluster did not answer this one.",
                "Their clients are missing from every list and count, and messages for all may not reach them.",
                "Look at the gateways one by one with --member, and at the network between them.");
        }

        if (visit.Type is { } name && types.Types.All(type => type.Name != name))
        {
            findings.Problem(
                $"No owner serves the type '{name}'.",
                "Its clients are closed with 4500 and stay away; calls to them end as unknown_type.",
                $"Served are: {string.Join(", ", types.Types.Select(type => type.Name))}. Register it in the owners' program: AddClientType<…>().");
        }

        foreach (var type in types.Types.Where(type => visit.Type is null || type.Name == visit.Type))
        {
            findings.Ok($"{type.Name}: {Counts.Show(type.Connected, "client")} connected; {(type.RequiresToken ? "a token is needed" : "no token is needed")}.");
        }
    }
}
