using Swp.Clients;

namespace Swp.Grains.Tests.Clients;

public sealed class CallOutcomesTests
{
    [Theory]
    [InlineData(CallOutcome.Completed, "completed", false, false)]
    [InlineData(CallOutcome.NotConnected, "not_connected", true, true)]
    [InlineData(CallOutcome.UnknownClient, "unknown_client", false, false)]
    [InlineData(CallOutcome.UnknownType, "unknown_type", false, false)]
    [InlineData(CallOutcome.TooManyPending, "too_many_pending", true, true)]
    [InlineData(CallOutcome.PayloadTooLarge, "payload_too_large", false, false)]
    [InlineData(CallOutcome.NotSent, "not_sent", true, true)]
    [InlineData(CallOutcome.LostInFlight, "lost_in_flight", false, true)]
    [InlineData(CallOutcome.TimedOut, "timed_out", false, true)]
    [InlineData(CallOutcome.Cancelled, "cancelled", false, false)]
    [InlineData(CallOutcome.Banned, "banned", false, false)]
    [InlineData(CallOutcome.ClusterUnavailable, "cluster_unavailable", true, true)]
    public void Table(CallOutcome outcome, string name, bool retryable, bool retryableIfIdempotent)
    {
        Assert.Equal(name, outcome.ToWireName());
        Assert.Equal(retryable, outcome.IsRetryable());
        Assert.Equal(retryableIfIdempotent, outcome.IsRetryable(idempotent: true));
    }

    [Fact]
    public void ToWireName_EveryOutcome_HasOneOfItsOwn()
    {
        var names = Enum.GetValues<CallOutcome>().Select(outcome => outcome.ToWireName()).ToArray();
        Assert.Equal(12, names.Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((CallOutcome)200).ToWireName());
    }
}
