using System.Text.Json;
using Swp.Relay;

namespace Swp.Clients;

/// <summary>How a call ended, and the client's answer when there is one.</summary>
[GenerateSerializer, Immutable, Alias("swp.CallResult")]
public sealed record CallResult
{
    /// <summary>How the call ended.</summary>
    [Id(0)]
    public CallOutcome Outcome { get; init; }

    /// <summary>The client's own code, <c>"0"</c> for success. Only when the call completed.</summary>
    [Id(1)]
    public string? Code { get; init; }

    /// <summary>The client's message when the call completed; otherwise what happened, in words.</summary>
    [Id(2)]
    public string? Message { get; init; }

    /// <summary>The client's data, byte for byte as it sent it.</summary>
    [Id(3)]
    public JsonPayload Data { get; init; }

    /// <summary>The correlation id the client saw, or <see langword="null"/> when no frame was made.</summary>
    [Id(4)]
    public string? Uuid { get; init; }

    /// <summary>From the caller's call to the outcome.</summary>
    [Id(5)]
    public TimeSpan Elapsed { get; init; }

    /// <summary>When the client was last heard of; with <see cref="CallOutcome.NotConnected"/>.</summary>
    [Id(6)]
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>The display name of the client's type, when the type is known.</summary>
    [Id(7)]
    public string? TypeDisplayName { get; init; }

    /// <summary>
    /// The owner stops and lets go of a request that was sent: the client's next owner takes it up (<see cref="IClientGrain.ContinueAsync"/>). Whoever does
    /// not ask there has the outcome that stands here.
    /// </summary>
    [Id(8)]
    internal bool Moved { get; init; }

    /// <summary>The client, where its owner is the caller's own process, and the caller wanted to know. Does not travel.</summary>
    [field: NonSerialized]
    internal ILocalClient? Here { get; init; }

    /// <summary>Whether the client answered, and answered with success.</summary>
    public bool IsSuccess => Outcome == CallOutcome.Completed && Code == "0";

    /// <summary>Returns this result if the client answered.</summary>
    /// <exception cref="SwpCallException">The call did not complete, or the client answered with a failure.</exception>
    public CallResult EnsureSuccess() => IsSuccess ? this : throw new SwpCallException(this);

    /// <summary>Reads the client's data; see <see cref="JsonPayload.Read{T}"/>.</summary>
    /// <exception cref="SwpCallException">The call did not complete, or the client answered with a failure.</exception>
    /// <exception cref="JsonException">The data is no <typeparamref name="T"/>.</exception>
    public T Read<T>(JsonSerializerOptions? options = null) => EnsureSuccess().Data.Read<T>(options);
}
