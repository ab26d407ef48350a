using System.Text.Json.Nodes;
using Swp.Gateway.Tests.Kit;
using Swp.Protocol;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Connections;

/// <summary>A client that is refused for a while: two fight over its id.</summary>
public sealed class PacedRefusalTests : IAsyncLifetime
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Refused_HearsItAMomentLaterAndIsClosedWith4005()
    {
        var peer = await RefusedAsync(retryAfterMs: 4000);
        var started = _gateway.Time.GetUtcNow().ToUnixTimeMilliseconds();

        var refusal = await RefusalAsync(peer);

        Assert.True((long)refusal["sessionTime"]! - started >= Delay.TotalMilliseconds);
        Assert.Equal(("-1", "fight", "o"), ((string?)refusal["code"], (string?)refusal["msg"], (string?)refusal["uuid"]));
        Assert.Equal("""{"code":"rate_limited","retryable":true,"retryAfterMs":4000}""", refusal["error"]!.ToJsonString());
        await peer.ClosedAsync(CloseCode.RateLimited);
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Refused_ComesBackAtOnce_ItsOwnerIsNotAsked()
    {
        await RefusalAsync(await RefusedAsync(retryAfterMs: 60_000));

        var again = _gateway.Connect();
        await again.SendAsync(Wire.Open("999"));
        var refusal = await RefusalAsync(again);

        Assert.InRange((int)refusal["error"]!["retryAfterMs"]!, 1, 59_999);
        await again.ClosedAsync(CloseCode.RateLimited);
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
    }

    [Fact]
    public async Task Refused_TheConnectionInItsWayEnds_ItsOwnerIsAskedAgain()
    {
        var (inTheWay, _) = await _gateway.OpenAsync();
        await RefusalAsync(await RefusedAsync(retryAfterMs: 60_000));

        await inTheWay.LeaveAsync();
        await inTheWay.Running.DefaultTimeout();

        await _gateway.OpenAsync(epoch: 200);
    }

    [Fact]
    public async Task Refused_SpeaksMeanwhile_HasNoEffect()
    {
        var peer = await RefusedAsync(retryAfterMs: 4000);
        await peer.SendAsync(Wire.Open("999", "again"));
        await peer.SendAsync(Wire.Query("q"));
        await peer.SendAsync("nonsense");
        await peer.SettledAsync();

        Assert.Equal("o", (string?)(await RefusalAsync(peer))["uuid"]);
        await peer.ClosedAsync(CloseCode.RateLimited);
        Assert.Equal(0, _gateway.Grains.Attaches.Count);
    }

    [Fact]
    public async Task Refused_LeavesMeanwhile_NothingIsLeft()
    {
        var peer = await RefusedAsync(retryAfterMs: 4000);
        await peer.LeaveAsync();
        await _gateway.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Refused_GatewayDrainsMeanwhile_DoesNotWait()
    {
        var peer = await RefusedAsync(retryAfterMs: 4000);
        peer.Connection.Close(CloseCode.Draining);
        await peer.ClosedAsync(CloseCode.Draining);
        await _gateway.NothingIsLeftAsync();
    }

    private async Task<TestPeer> RefusedAsync(int retryAfterMs)
    {
        var peer = _gateway.Connect();
        await peer.SendAsync(Wire.Open("999"));
        (await _gateway.Grains.Attaches.NextAsync()).Refuse(CloseCode.RateLimited, "fight", new ErrorDetail(ErrorCodes.RateLimited, Retryable: true, retryAfterMs));
        await peer.SettledAsync();
        return peer;
    }

    private async Task<JsonNode> RefusalAsync(TestPeer peer)
    {
        var receiving = peer.ReceiveAsync();
        await _gateway.StepUntilAsync(
            () =>
            {
                peer.Connection.CheckDeadlines();
                return receiving.IsCompleted;
            },
            Delay);
        return JsonNode.Parse(await receiving)!;
    }
}
