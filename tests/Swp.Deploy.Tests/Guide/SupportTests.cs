using Swp.Clients;
using Swp.Cluster.Diagnostics;
using Swp.Gateway.Diagnostics;
using Swp.Protocol;

namespace Swp.Deploy.Tests.Guide;

/// <summary>A support desk finds whatever a customer or a caller can be told.</summary>
public sealed class SupportTests
{
    [Fact]
    public void Every_close_code_is_explained_and_no_other() => Assert.Equal(
        Enum.GetValues<CloseCode>().Select(code => ($"{(int)code}", Name(code.ToReason()))).Order(),
        OperationsGuide.Rows("### Close codes").Select(row => (row[0], row[1])).Order());

    // Who is told "off, stays off" waits for a person; who is told anything else does not.
    [Fact]
    public void A_device_that_does_not_come_back_is_said_to_stay_off() => Assert.All(
        OperationsGuide.Rows("### Close codes"),
        row => Assert.Equal(CloseCodes.MayReconnect(int.Parse(row[0])), !row[2].Contains("stays off", StringComparison.Ordinal) && !row[2].Contains("never", StringComparison.Ordinal)));

    [Fact]
    public void Every_outcome_is_explained_and_no_other() => Assert.Equal(
        Enum.GetValues<CallOutcome>().Select(outcome => $"`{outcome.ToWireName()}`").Order(),
        OperationsGuide.Rows("### Outcomes").Select(row => row[0]).Order());

    // What may be made again without a thought was not carried out; completed has an answer, and who cancelled does not ask.
    [Fact]
    public void An_outcome_that_is_retryable_is_said_not_to_be_carried_out() => Assert.All(
        Enum.GetValues<CallOutcome>(),
        outcome =>
        {
            var row = Assert.Single(OperationsGuide.Rows("### Outcomes"), row => row[0] == $"`{outcome.ToWireName()}`");
            var doubtful = outcome is CallOutcome.LostInFlight or CallOutcome.TimedOut or CallOutcome.Cancelled;
            Assert.Equal(doubtful, row[3].StartsWith("it may have been carried out.", StringComparison.Ordinal));
            Assert.Equal(!doubtful && outcome != CallOutcome.Completed, row[3].StartsWith("not carried out.", StringComparison.Ordinal));
        });

    [Fact]
    public void Every_refusal_of_a_handshake_is_explained_and_no_other() =>
        Assert.Equal(EnumLabels.Of<HandshakeRejection>().Order(), OperationsGuide.Rows("### Refused before the socket").Select(row => row[1].Trim('`')).Order());

    [Theory]
    [InlineData("### Close codes", 5)]
    [InlineData("### Refused before the socket", 4)]
    [InlineData("### Outcomes", 4)]
    public void Each_says_what_to_do(string heading, int cells) => Assert.All(
        OperationsGuide.Rows(heading),
        row => Assert.True(row.Length == cells && row.All(cell => cell.Length > 0), string.Join(" | ", row)));

    private static string Name(string reason) => reason.Length == 0 ? "–" : $"`{reason}`";
}
