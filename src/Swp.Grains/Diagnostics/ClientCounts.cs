using Swp.Cluster.Diagnostics;
using Swp.Diagnostics;

namespace Swp.Grains.Diagnostics;

/// <summary>What is counted for the clients of one type.</summary>
internal sealed class ClientCounts
{
    private static readonly string[] HeartbeatResults = ["accepted", "too_frequent"];

    public ClientCounts(string type)
    {
        Type = TypeLabels.Of(type);
        Attaches = new Tally("swp.attach.result", EnumLabels.Of<AttachOutcome>(), Type);
        Takeovers = new Tally(Type);
        Heartbeats = new Tally("swp.heartbeat.result", HeartbeatResults, Type);
    }

    /// <summary>The label of the type.</summary>
    public KeyValuePair<string, object?> Type { get; }

    /// <summary>By <see cref="AttachOutcome"/>.</summary>
    public Tally Attaches { get; }

    public Tally Takeovers { get; }

    /// <summary>0: accepted; 1: too frequent.</summary>
    public Tally Heartbeats { get; }
}
