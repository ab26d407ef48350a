using Swp.Gateway.Refusals;
using Swp.Overview;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Refusals;

public sealed class RefusalBookTests
{
    private readonly HostileTimeProvider _time = new();
    private readonly RefusalBook _book;

    public RefusalBookTests() => _book = new RefusalBook(_time);

    [Fact]
    public void SameReasonFromTheSameAddress_IsOneLineThatCounts()
    {
        var first = _time.GetUtcNow();
        _book.Add(RefusalKind.Open, "banned", "caller", "192.0.2.7");
        _time.Advance(TimeSpan.FromSeconds(3));
        _book.Add(RefusalKind.Open, "banned", "caller", "192.0.2.7");
        _book.Add(RefusalKind.Open, "banned", "his", "192.0.2.7");
        _book.Add(RefusalKind.Api, "banned", "caller", "192.0.2.7");

        Assert.Equal(3, _book.Read().Length);
        Assert.Contains(new Refusal(RefusalKind.Open, "banned", "caller", "192.0.2.7", 2, first, _time.GetUtcNow()), _book.Read());
    }

    [Fact]
    public void FloodFromEverywhere_IsOneLineMoreThanTheAddressesThatAreToldApart()
    {
        for (var address = 0; address < 1000; address++)
        {
            _book.Add(RefusalKind.Handshake, "too_many_connects", null, $"192.0.2.{address}");
        }

        Assert.Equal(RefusalBook.AddressesOfOne + 1, _book.Read().Length);
        Assert.Equal(1000 - RefusalBook.AddressesOfOne, Assert.Single(_book.Read(), line => line.Address is null).Count);
    }

    [Fact]
    public void AddressThatIsQuietForLong_MakesRoomForAnother()
    {
        for (var address = 0; address < RefusalBook.AddressesOfOne; address++)
        {
            _book.Add(RefusalKind.Api, "no key", null, $"192.0.2.{address}");
        }

        _time.Advance(TimeSpan.FromMinutes(11));
        _book.Add(RefusalKind.Api, "no key", null, "192.0.2.0");
        _book.Add(RefusalKind.Api, "no key", null, "198.51.100.1");

        Assert.Equal(RefusalBook.AddressesOfOne, _book.Read().Length);
        Assert.Contains(_book.Read(), line => line.Address == "198.51.100.1");
        Assert.Contains(_book.Read(), line => line is { Address: "192.0.2.0", Count: 2 });
    }

    [Fact]
    public void FullBook_ForgetsWhatIsLongestAgo()
    {
        for (var reason = 0; reason <= RefusalBook.Capacity; reason++)
        {
            _book.Add(RefusalKind.Open, $"reason {reason}", null, null);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(RefusalBook.Capacity, _book.Read().Length);
        Assert.DoesNotContain(_book.Read(), line => line.Reason == "reason 0");
    }
}
