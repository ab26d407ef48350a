namespace Swp.Cli.Api;

/// <summary>A member of the cluster.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Roles">gateway, owner, or both.</param>
/// <param name="State">ready, not_ready, draining or silent.</param>
/// <param name="Detail">What a gateway says of its state, in words.</param>
internal sealed record MemberView(string Name, string[] Roles, string State, string? Detail);
