namespace Swp.Clinic.His;

/// <summary>What a hospital system gets for a <see cref="HisQuery"/>.</summary>
/// <param name="Result">The page it asked for.</param>
public sealed record HisAnswer(ItemPage Result);
