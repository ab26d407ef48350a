using Swp.Gateway.Audit;

namespace Swp.Gateway.Tests.Audit;

public sealed class RefusalCounterTests
{
    private readonly RefusalCounter _counter = new();

    [Fact]
    public void TheFirstOfItsKind_IsTold_AndAgainAfterTheyWereTaken()
    {
        Assert.True(_counter.IsFirst("a", "no key"));
        Assert.False(_counter.IsFirst("a", "no key"));
        Assert.True(_counter.IsFirst("a", "unknown key"));
        Assert.True(_counter.IsFirst("b", "no key"));
        Assert.Equal([("a", "no key", 1)], _counter.Take());
        Assert.Empty(_counter.Take());
        Assert.True(_counter.IsFirst("a", "no key"));
    }

    [Fact]
    public void AFloodFromEverywhere_IsBounded()
    {
        var told = Enumerable.Range(0, 100_000).Count(i => _counter.IsFirst($"10.0.{i / 256}.{i % 256}", "no key"));
        Assert.Equal(RefusalCounter.Capacity, told);
        Assert.Equal((RefusalCounter.Elsewhere, "any reason", 100_000 - RefusalCounter.Capacity), Assert.Single(_counter.Take()));
    }
}
