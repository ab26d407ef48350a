namespace Swp.Gateway.Overview;

/// <summary>A member of the cluster.</summary>
internal sealed record NodeBody
{
    /// <summary>Its address, and a number that none of its former lives had.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>ready, not_ready, draining, or silent: it did not answer in time.</summary>
    public required string State { get; init; }

    /// <summary>What a gateway says of its state.</summary>
    public required string? Detail { get; init; }

    /// <summary>What it does as a gateway; null when it is none, or did not answer.</summary>
    public required GatewayCountsBody? Gateway { get; init; }

    /// <summary>What it does as an owner; null when it is none, or did not answer.</summary>
    public required OwnerCountsBody? Owner { get; init; }

    /// <summary>gateway, owner, or both.</summary>
    public required string[] Roles { get; init; }

    public static NodeBody From(NodeReport node, Pace? pace) => new()
    {
        Id = node.Member.Address.ToParsableString(),
        Name = node.Member.Name,
        State = StateOf(node),
        Detail = node.Gateway?.State,
        Gateway = node.Gateway is { } gateway ? GatewayCountsBody.From(gateway, pace?.ConnectsOf(node)) : null,
        Owner = node.Owner is { } owner ? OwnerCountsBody.From(owner, pace?.CallsOf(node)) : null,
        Roles = [.. (string[])(node.Member.IsGateway ? ["gateway"] : []), .. (string[])(node.Member.IsOwner ? ["owner"] : [])],
    };

    private static string StateOf(NodeReport node) =>
        !node.Answers ? "silent"
        : node.Gateway?.IsDraining == true || node.Owner?.IsDraining == true ? "draining"
        : node.Gateway?.IsReady == false ? "not_ready"
        : "ready";
}
