namespace Swp.Gateway.OpenApi;

/// <summary>A query parameter that an endpoint reads itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means.</param>
/// <param name="Range">Of a number: its range and what it is when left out. <see langword="null"/>: it is text.</param>
internal sealed record QueryMetadata(string Name, string Description, (int Min, int Max, int Default)? Range = null);
