namespace Swp.Cli.Api;

/// <summary>The cluster, as a gateway sees it.</summary>
internal sealed record ClusterView(MemberView[] Nodes);
