using Swp.Clients;
using Swp.Grains.Promises;

namespace Swp.Grains.Tests.Promises;

public sealed class PendingLimitTests
{
    private static readonly PendingLimit Limit = new(3);

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(300, false)]
    public void Admits_UpToTheLimit(int open, bool admits) => Assert.Equal(admits, Limit.Admits(open));

    [Fact]
    public void Refuse_BelowTheLimit_GoesOn() => Assert.All(Enum.GetValues<RequestFate>(), fate => Assert.Null(Limit.Refuse(fate, isConnected: true, open: 2)));

    [Theory]
    [InlineData(nameof(RequestFate.AtClient), true, 1_000, null)]
    [InlineData(nameof(RequestFate.NeverSent), true, 3, CallOutcome.TooManyPending)]
    [InlineData(nameof(RequestFate.NeverSent), false, 3, CallOutcome.TooManyPending)]
    [InlineData(nameof(RequestFate.Unknown), false, 5, null)]
    [InlineData(nameof(RequestFate.Unknown), false, 6, CallOutcome.LostInFlight)]
    [InlineData(nameof(RequestFate.Unknown), true, 3, CallOutcome.LostInFlight)]
    [InlineData(nameof(RequestFate.Done), true, 3, CallOutcome.LostInFlight)]
    public void Refuse_LimitIsReached_EndsAsWhatIsKnownOfIt(string fate, bool isConnected, int open, CallOutcome? outcome) =>
        Assert.Equal(outcome, Limit.Refuse(Enum.Parse<RequestFate>(fate), isConnected, open));
}
