namespace Swp.Cluster.Tests.Conversations;

internal enum StepKind
{
    /// <summary>A connection is made, where there is none.</summary>
    Connect,

    /// <summary>A connection opens for a client; it may be open already, for that one or another.</summary>
    Open,

    /// <summary>An OPEN that names nobody.</summary>
    OpenForNobody,

    Heart,

    /// <summary>The client asks.</summary>
    Query,

    /// <summary>The client answers what it was not asked.</summary>
    UnaskedAnswer,

    /// <summary>A session type that does not exist.</summary>
    UnknownType,

    /// <summary>What is no frame.</summary>
    Garbage,

    /// <summary>The client leaves.</summary>
    Leave,

    /// <summary>The server asks a client, which answers, answers twice, or leaves.</summary>
    Ask,

    /// <summary>Time passes.</summary>
    Wait,
}
