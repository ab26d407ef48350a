namespace Swp.Cluster.Logging;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>For a person at a terminal.</summary>
    Text,

    /// <summary>One JSON object a line, for whatever collects them.</summary>
    Json,
}
