using Swp.Gateway.Relay;

namespace Swp.Gateway.Tests.Relay;

public sealed class OpenQueriesTests
{
    private readonly OpenQueries _queries = new();

    [Fact]
    public void TakeUpTo_TakesInOrderWhatIsOpen()
    {
        for (var number = 1; number <= 5; number++)
        {
            _queries.Add(number * 10, $"{number}");
        }

        Assert.True(_queries.TryRemove(20));
        Assert.False(_queries.TryRemove(20));
        Assert.Equal(["1", "3"], _queries.TakeUpTo(39));
        Assert.Empty(_queries.TakeUpTo(39));
        Assert.Equal(["4", "5"], _queries.TakeUpTo(1000));
        Assert.Equal(0, _queries.Count);
        Assert.False(_queries.TryRemove(40));
    }
}
