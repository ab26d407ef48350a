using System.Text.Json.Serialization;

namespace Swp.Bench.Reports.Judging;

/// <summary>Which side of its figure a goal wants.</summary>
public enum Sense
{
    /// <summary>The figure or more.</summary>
    [JsonStringEnumMemberName("atLeast")]
    AtLeast,

    /// <summary>The figure or less.</summary>
    [JsonStringEnumMemberName("atMost")]
    AtMost,
}
