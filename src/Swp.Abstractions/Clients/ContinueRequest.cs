namespace Swp.Clients;

/// <summary>A call that was made to an earlier owner of the client, or to this one, and has no outcome yet.</summary>
[GenerateSerializer, Immutable, Alias("swp.ContinueRequest")]
public sealed record ContinueRequest
{
    /// <summary>The call, with the time it has left. Its uuid names it.</summary>
    [Id(0)]
    public required CallRequest Call { get; init; }

    /// <summary>Whether it is a message that wants no answer.</summary>
    [Id(1)]
    public bool OneWay { get; init; }

    /// <summary>How long ago the call was made.</summary>
    [Id(2)]
    public required TimeSpan Age { get; init; }

    /// <summary>
    /// When the call was made, by its caller's clock. Beside <see cref="Age"/>, which does not count the time this request is under way.
    /// </summary>
    [Id(3)]
    public required DateTimeOffset MadeAt { get; init; }
}
