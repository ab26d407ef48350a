using Swp.Clients;

namespace Swp.Gateway.Overview;

/// <summary>A member of the cluster. What is null it does not do, or it did not answer.</summary>
internal sealed record NodeBody
{
    /// <summary>Its address, and a number that none of its former lives had.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>gateway, owner, or both.</summary>
    public required string[] Roles { get; init; }

    /// <summary>ready, not_ready, draining, or silent: it did not answer in time.</summary>
    public required string State { get; init; }

    /// <summary>What a gateway says of its state, in words.</summary>
    public required string? Detail { get; init; }

    /// <summary>Of a gateway: how many clients are connected.</summary>
    public required int? Connected { get; init; }

    /// <summary>Of a gateway: the same by type.</summary>
    public required Dictionary<string, int> Types { get; init; }

    /// <summary>Of a gateway: how many sockets have not said OPEN.</summary>
    public required long? Unopened { get; init; }

    /// <summary>Of a gateway: how many calls are under way that entered at its API.</summary>
    public required int? ApiCalls { get; init; }

    /// <summary>Of a gateway: how many sockets it has accepted since it started.</summary>
    public required long? Connects { get; init; }

    /// <summary>Of a gateway: how many it accepts a second; null also when that is not known yet.</summary>
    public required double? ConnectsPerSecond { get; init; }

    /// <summary>Of an owner: how many clients it holds that are connected.</summary>
    public required int? Clients { get; init; }

    /// <summary>Of an owner: how many calls wait for their client, or its answer.</summary>
    public required int? ActiveCalls { get; init; }

    /// <summary>Of an owner: how many attempts of calls have ended since it started, by outcome.</summary>
    public required Dictionary<string, long> Calls { get; init; }

    /// <summary>Of an owner: how many end a second; null also when that is not known yet.</summary>
    public required double? CallsPerSecond { get; init; }

    public static NodeBody From(NodeReport node, Pace? pace) => new()
    {
        Id = node.Member.Address.ToParsableString(),
        Name = node.Member.Name,
        Roles = [.. (string[])(node.Member.IsGateway ? ["gateway"] : []), .. (string[])(node.Member.IsOwner ? ["owner"] : [])],
        State = StateOf(node),
        Detail = node.Gateway?.State,
        Connected = node.Gateway?.Open.Sum(type => type.Count),
        Types = (node.Gateway?.Open ?? []).ToDictionary(type => type.Type, type => type.Count),
        Unopened = node.Gateway?.Unopened,
        ApiCalls = node.Gateway?.ActiveCalls,
        Connects = node.Gateway?.Connects,
        ConnectsPerSecond = pace?.ConnectsOf(node),
        Clients = node.Owner?.Clients,
        ActiveCalls = node.Owner?.ActiveCalls,
        Calls = node.Owner is { } owner
            ? Enum.GetValues<CallOutcome>().ToDictionary(outcome => outcome.ToWireName(), outcome => owner.Calls.ElementAtOrDefault((int)outcome))
            : [],
        CallsPerSecond = pace?.CallsOf(node),
    };

    private static string StateOf(NodeReport node) =>
        !node.Answers ? "silent"
        : node.Gateway?.IsDraining == true || node.Owner?.IsDraining == true ? "draining"
        : node.Gateway?.IsReady == false ? "not_ready"
        : "ready";
}
