namespace Swp.Relay;

/// <summary>What a client has used up of its type's limits: how long it takes until all of it may be used again.</summary>
/// <param name="Messages">Of <c>MessageBurst</c>.</param>
/// <param name="Bytes">Of <c>ByteBurst</c>.</param>
[GenerateSerializer, Immutable, Alias("swp.SpentAllowance")]
public readonly record struct SpentAllowance(
    [property: Id(0)] TimeSpan Messages,
    [property: Id(1)] TimeSpan Bytes);
