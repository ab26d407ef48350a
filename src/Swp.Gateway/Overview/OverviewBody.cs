using Swp.Relay;

namespace Swp.Gateway.Overview;

/// <summary>The whole cluster at one time.</summary>
internal sealed record OverviewBody
{
    /// <summary>When the members were asked.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many clients are connected, at the gateways that answered.</summary>
    public required int Connected { get; init; }

    /// <summary>How many members did not answer. What they hold and do is in none of the numbers.</summary>
    public required int Silent { get; init; }

    /// <summary>How many clients of each type are connected.</summary>
    public required TypeCountBody[] Types { get; init; }

    /// <summary>The members, by name.</summary>
    public required NodeBody[] Nodes { get; init; }

    /// <summary>How fast things go.</summary>
    public required PaceBody Pace { get; init; }

    public static OverviewBody From(ClusterReport report, Pace? pace, IEnumerable<ClientTypeDescription> types)
    {
        var open = report.Nodes.SelectMany(node => node.Gateway?.Open ?? []).ToLookup(count => count.Type, count => count.Count, StringComparer.Ordinal);
        var names = types.ToDictionary(type => type.Name, type => type.DisplayName, StringComparer.Ordinal);
        return new OverviewBody
        {
            At = report.At,
            Connected = open.Sum(type => type.Sum()),
            Silent = report.Nodes.Count(node => !node.Answers),
            Types =
            [
                .. names.Keys.Union(open.Select(type => type.Key)).Order(StringComparer.Ordinal)
                    .Select(type => new TypeCountBody { Name = type, DisplayName = names.GetValueOrDefault(type, type), Connected = open[type].Sum() }),
            ],
            Nodes = [.. report.Nodes.Select(node => NodeBody.From(node, pace))],
            Pace = PaceBody.From(pace),
        };
    }
}
