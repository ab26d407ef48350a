namespace Swp.Cli.Api;

/// <summary>The server answered that it did not end well.</summary>
/// <param name="problem">Why.</param>
/// <param name="text">The answer as it came.</param>
/// <param name="isCall">Whether a client was called: then it says whether that may be done again.</param>
internal sealed class ProblemException(Problem problem, string text, bool isCall = false)
    : Exception(isCall ? $"{problem.InWords()} {problem.RetryInWords()}".TrimEnd() : problem.InWords())
{
    public Problem Problem { get; } = problem;

    public string Text { get; } = text;
}
