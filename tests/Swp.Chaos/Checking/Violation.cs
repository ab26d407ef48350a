namespace Swp.Chaos.Checking;

/// <summary>A promise that was not kept.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Kind">How it counts.</param>
/// <param name="At">When.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Call">The call it is about.</param>
/// <param name="Client">The client it is about.</param>
internal sealed record Violation(string Rule, ViolationKind Kind, TimeSpan At, string Text, long? Call = null, string? Client = null)
{
    public override string ToString() => $"{At.TotalSeconds,9:0.000} s  {Kind.ToString().ToUpperInvariant()} ({Rule}): {Text}";
}
