using System.Diagnostics;

namespace Swp.Diagnostics;

/// <summary>Where the spans of Swp come from. A process that listens to the source <see cref="SourceName"/> records its own part of a call.</summary>
public static class SwpTracing
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Swp";

    internal static readonly ActivitySource Source = new(SourceName);

    /// <summary>Continues what another process began. <see langword="null"/> when that is not sampled, or nobody listens here.</summary>
    internal static Activity? Continue(string name, ActivityKind kind, TraceContext? parent) =>
        parent is not null && Source.HasListeners() && ActivityContext.TryParse(parent.Parent, parent.State, isRemote: true, out var context)
            ? Source.StartActivity(name, kind, context)
            : null;
}
