namespace Swp.Cli.Invocation;

/// <summary>What was asked for makes no sense: the message says what would.</summary>
internal sealed class UsageException(string message) : Exception(message);
