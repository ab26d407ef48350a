using Swp.Client.Calls;
using Swp.Clients;
using Swp.Relay;
using Swp.Testing.Tasks;

namespace Swp.Grains.Tests.Clients;

public sealed class LocalWayTests
{
    private readonly FakeClientGrain _grain = new();
    private readonly LocalWay _way = new();

    [Fact]
    public async Task Call_TheClientIsHere_IsAskedDirectlyUntilItIsGone()
    {
        var here = new Here();
        Assert.Equal("1", (await ByGrainAsync(new CallResult { Uuid = "1", Here = here })).Uuid);
        here.Answer = new CallResult { Uuid = "2" };
        Assert.Equal("2", (await CallAsync()).Uuid);

        // Gone: nothing was done there, and it is looked for again.
        here.Answer = null;
        Assert.Equal("3", (await ByGrainAsync(new CallResult { Uuid = "3" })).Uuid);
        here.Answer = new CallResult { Uuid = "never" };
        Assert.Equal("4", (await ByGrainAsync(new CallResult { Uuid = "4" })).Uuid);
        Assert.Equal(2, here.Calls);
        GC.KeepAlive(here);
    }

    [Fact]
    public async Task Call_TheResult_DoesNotCarryTheClientToTheCaller() =>
        Assert.Null((await ByGrainAsync(new CallResult { Uuid = "1", Here = new Here() })).Here);

    private Task<CallResult> CallAsync() => _way.CallAsync(_grain, new CallRequest { Uuid = "?" }, oneWay: false, CancellationToken.None).DefaultTimeout();

    private async Task<CallResult> ByGrainAsync(CallResult result)
    {
        var call = CallAsync();
        (await _grain.NextAsync()).Result.SetResult(result);
        return await call;
    }

    private sealed class Here : ILocalClient
    {
        public CallResult? Answer { get; set; }

        public int Calls { get; private set; }

        public Task<CallResult?> CallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult(Answer);
        }
    }
}
