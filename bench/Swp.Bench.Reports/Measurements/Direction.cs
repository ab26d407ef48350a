using System.Text.Json.Serialization;

namespace Swp.Bench.Reports.Measurements;

/// <summary>Which figures are the better ones.</summary>
public enum Direction
{
    /// <summary>The higher ones.</summary>
    [JsonStringEnumMemberName("higherIsBetter")]
    HigherIsBetter,

    /// <summary>The lower ones.</summary>
    [JsonStringEnumMemberName("lowerIsBetter")]
    LowerIsBetter,
}
