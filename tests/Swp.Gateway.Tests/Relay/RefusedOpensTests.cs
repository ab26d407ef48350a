using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Relay;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Relay;

public sealed class RefusedOpensTests
{
    private static readonly ClientKey Key = new("caller", "999");
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly HostileTimeProvider _time = new();
    private readonly RefusedOpens _refused;

    public RefusedOpensTests() => _refused = new RefusedOpens(_time);

    [Fact]
    public void Find_WithinTheWait_SaysTheSameWithTheTimeThatIsLeft()
    {
        _refused.Remember(Key, Refusal(4000));
        _time.Advance(TimeSpan.FromMilliseconds(1500));
        Assert.Equal(Refusal(2500), _refused.Find(Key));
        Assert.Null(_refused.Find(new ClientKey("caller", "998")));
    }

    [Theory]
    [InlineData(4000, 4000)]
    [InlineData(60_000, 5000)]
    public void Find_LaterOrAfterAWhile_LeavesItToTheOwner(int retryAfterMs, int forMs)
    {
        _refused.Remember(Key, Refusal(retryAfterMs));
        _time.Advance(TimeSpan.FromMilliseconds(forMs) - Instant);
        Assert.NotNull(_refused.Find(Key));
        _time.Advance(Instant);
        Assert.Null(_refused.Find(Key));
        Assert.Equal(0, _refused.Count);
    }

    [Fact]
    public void Remember_RefusedForGood_IsLeftToTheOwner()
    {
        _refused.Remember(Key, Refusal(null));
        Assert.Equal(0, _refused.Count);
    }

    [Fact]
    public void Forget_AConnectionOfTheClientHasEnded_LeavesItToTheOwner()
    {
        _refused.Remember(Key, Refusal(4000));
        _refused.Forget(Key);
        Assert.Null(_refused.Find(Key));
    }

    [Fact]
    public void Remember_MoreThanItHolds_IsLeftToTheOwnerUntilSomeAreOver()
    {
        for (var id = 0; id < RefusedOpens.Capacity; id++)
        {
            _refused.Remember(new ClientKey("caller", $"{id}"), Refusal(id % 2 == 0 ? 1000 : 4000));
        }

        _refused.Remember(new ClientKey("caller", "more"), Refusal(4000));
        Assert.Null(_refused.Find(new ClientKey("caller", "more")));
        Assert.Equal(RefusedOpens.Capacity, _refused.Count);

        _time.Advance(TimeSpan.FromSeconds(1));
        _refused.Remember(new ClientKey("caller", "more"), Refusal(4000));
        Assert.NotNull(_refused.Find(new ClientKey("caller", "more")));
        Assert.Equal((RefusedOpens.Capacity / 2) + 1, _refused.Count);
    }

    private static AttachResult Refusal(int? retryAfterMs) => new()
    {
        Status = AttachStatus.Refused,
        Owner = Members.Owner1,
        CloseCode = CloseCode.RateLimited,
        Error = new ErrorDetail(ErrorCodes.RateLimited, Retryable: true, retryAfterMs),
    };
}
