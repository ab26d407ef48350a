namespace Swp.Hostile.Victims;

/// <summary>A call to the well-behaved client.</summary>
/// <param name="Began">When it was made, as a timestamp.</param>
/// <param name="Took">How long it took, as its caller saw it.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record VictimCall(long Began, TimeSpan Took, string Outcome);
