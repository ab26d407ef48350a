using Swp.Cli.Api;
using Swp.Cli.Invocation;
using Swp.Clients;

namespace Swp.Cli.Tests.Api;

public sealed class ProblemTests
{
    /// <summary>Every outcome of the protocol, and what a caller may do.</summary>
    [Fact]
    public void RetryInWords_EveryOutcome_AgreesWithTheServersTable() =>
        Assert.All(Enum.GetValues<CallOutcome>().Where(outcome => outcome is not (CallOutcome.Completed or CallOutcome.Cancelled)), outcome =>
            Assert.All([false, true], idempotent =>
            {
                var words = new Problem { Outcome = outcome.ToWireName(), Retryable = outcome.IsRetryable(idempotent) }.RetryInWords();
                var mayHaveBeenExecuted = outcome is CallOutcome.LostInFlight or CallOutcome.TimedOut;
                Assert.Equal(mayHaveBeenExecuted, words.StartsWith("It may have been carried out", StringComparison.Ordinal));
                Assert.Equal(outcome.IsRetryable(idempotent), !words.Contains("may do it twice", StringComparison.Ordinal) && !words.Contains("ends the same way", StringComparison.Ordinal));
            }));

    [Theory]
    [InlineData("urn:swp:unauthorized", 401, null, ExitCode.Refused)]
    [InlineData("urn:swp:forbidden", 403, null, ExitCode.Refused)]
    [InlineData("urn:swp:outcome:banned", 403, "banned", ExitCode.Failed)]
    [InlineData("urn:swp:outcome:not_connected", 404, "not_connected", ExitCode.Failed)]
    [InlineData("urn:swp:bad-request", 400, null, ExitCode.Usage)]
    [InlineData("urn:swp:internal-error", 500, null, ExitCode.Failed)]
    public void ExitCode_Problem_SaysWhoseFaultItIs(string type, int status, string? outcome, int code) =>
        Assert.Equal(code, new Problem { Type = type, Status = status, Outcome = outcome }.ExitCode);

    [Fact]
    public void InWords_LastSeen_IsSaid() =>
        Assert.Equal(
            "not_connected: The client is not connected. Last seen 2026-11-23 06:45:49Z.",
            new Problem { Outcome = "not_connected", Detail = "The client is not connected.", LastSeen = new DateTimeOffset(2026, 11, 23, 6, 45, 49, TimeSpan.Zero) }.InWords());
}
