using System.Text.Json.Serialization;

namespace Swp.Cli.Doctoring;

internal enum Severity
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>Wrong.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}
