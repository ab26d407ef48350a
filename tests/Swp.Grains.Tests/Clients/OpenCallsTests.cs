using Swp.Clients;
using Swp.Grains.Clients;
using Swp.Grains.Promises;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Clients;

/// <summary>A client's open calls, as its activation sees them.</summary>
public sealed class OpenCallsTests
{
    private readonly OpenCalls _calls = new();
    private readonly PromiseTable _promises;

    public OpenCallsTests()
    {
        var time = new HostileTimeProvider();
        _promises = new PromiseTable(new DeadlineWheel(time), time);
    }

    [Fact]
    public void OneThatHasAnOutcome_IsFoundUntilItIsRemembered_ThoughNoAnswerFindsItAnyMore()
    {
        var promise = _promises.Create(new CallRequest { Uuid = "u1", Data = JsonPayload.Parse("1"), Timeout = TimeSpan.FromSeconds(1) }, oneWay: false, out _);
        _calls.Add(promise);
        Assert.Same(promise, _calls.Find("u1"));

        promise.Abandon();
        Assert.False(_promises.TryGet("u1", out _));
        Assert.Same(promise, _calls.Find("u1"));
        Assert.Null(_calls.Find("u2"));
        Assert.Null(_calls.Find(null));

        _calls.Remove(promise);
        Assert.Null(_calls.Find("u1"));
    }
}
