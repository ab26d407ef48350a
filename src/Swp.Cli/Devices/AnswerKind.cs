namespace Swp.Cli.Devices;

internal enum AnswerKind
{
    /// <summary>What was asked is the answer.</summary>
    Echo,

    /// <summary>Always the same.</summary>
    Fixed,

    /// <summary>No answer.</summary>
    None,

    /// <summary>What is typed next.</summary>
    Ask,
}
