using Swp.Diagnostics;

namespace Swp.Clients;

/// <summary>One request to a client, as it travels to the client's owner.</summary>
[GenerateSerializer, Immutable, Alias("swp.CallRequest")]
public sealed record CallRequest
{
    /// <summary>What the client is asked.</summary>
    [Id(0)]
    public JsonPayload Data { get; init; }

    /// <summary>See <see cref="CallOptions.Timeout"/>.</summary>
    [Id(1)]
    public TimeSpan Timeout { get; init; }

    /// <summary>See <see cref="CallOptions.WaitForConnect"/>.</summary>
    [Id(2)]
    public TimeSpan WaitForConnect { get; init; }

    /// <summary>See <see cref="CallOptions.Idempotent"/>.</summary>
    [Id(3)]
    public bool Idempotent { get; init; }

    /// <summary>
    /// The correlation id the client will see, made where the call is made: it names the call whatever owner has it. When absent, the owner makes one.
    /// </summary>
    [Id(4)]
    public string? Uuid { get; init; }

    /// <summary>
    /// Which attempt of the call this is, from 1. The cluster may carry a message to its target long after its sender was told that it is lost: one that
    /// comes after a later attempt of the same call has no effect.
    /// </summary>
    [Id(5)]
    public int Attempt { get; init; }

    /// <summary>The span that the call belongs to, when it is sampled.</summary>
    [Id(6)]
    public TraceContext? Trace { get; init; }

    /// <summary>Whether the caller asks for <see cref="CallResult.Here"/>. Does not travel: in another process nobody is here.</summary>
    [field: NonSerialized]
    internal bool WantsHere { get; init; }
}
