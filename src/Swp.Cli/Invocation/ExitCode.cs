namespace Swp.Cli.Invocation;

/// <summary>What the process ends with: scripts rely on it, and <c>docs/cli.md</c> lists it.</summary>
internal static class ExitCode
{
    /// <summary>Done, or healthy, or told to stop.</summary>
    public const int Ok = 0;

    /// <summary>The call did not complete, or something is wrong.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or what was asked for, makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>The server could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>The server lets nobody do this with this key, or without one.</summary>
    public const int Refused = 4;

    /// <summary>The call completed, and the client answered with a failure code of its own.</summary>
    public const int ClientFailure = 5;

    /// <summary>Interrupted before it was done.</summary>
    public const int Interrupted = 130;
}
