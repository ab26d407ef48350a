using System.Text.Json.Serialization;

namespace Swp.Bench.Reports.Judging;

/// <summary>What became of a goal.</summary>
public enum Verdict
{
    /// <summary>The row, its baseline or the metric is absent.</summary>
    [JsonStringEnumMemberName("notMeasured")]
    NotMeasured,

    /// <summary>The target was not reached.</summary>
    [JsonStringEnumMemberName("missed")]
    Missed,

    /// <summary>The target was reached.</summary>
    [JsonStringEnumMemberName("met")]
    Met,

    /// <summary>The target was reached, and what lies beyond it.</summary>
    [JsonStringEnumMemberName("beyond")]
    Beyond,
}
