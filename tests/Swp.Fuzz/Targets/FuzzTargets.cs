namespace Swp.Fuzz.Targets;

/// <summary>Everything that takes bytes from strangers.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } = [new FrameTarget(), new OpenTarget(), new ApiTarget()];
}
