namespace Swp.Gateway.OpenApi;

/// <summary>The JSON that an endpoint takes, for its description only: the endpoint reads its body itself.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Required">Whether there must be one.</param>
internal sealed record JsonBodyMetadata(Type Type, bool Required);
