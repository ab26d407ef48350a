using Orleans.Runtime;
using Swp.Clients;
using Swp.Gateway.Fleet;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Fleet;

public sealed class FleetBroadcastTests
{
    private static readonly JsonPayload News = JsonPayload.Parse("""{"n":1}""");

    [Fact]
    public async Task Send_ToAll_IsOneMessagePerGatewayUnderOneUuid()
    {
        await using var fleet = await TestFleet.StartAsync(3);
        fleet.Open(1, "a", "b");
        fleet.Open(3, "c");

        Assert.Equal(
            new BroadcastResult { Outcome = CallOutcome.Completed, Gateways = 3, Clients = 3 },
            await fleet.Broadcast.SendAsync("caller", "u", News));
        Assert.All(Enumerable.Range(1, 3), number =>
        {
            var told = Assert.Single(fleet.Member(number).Told);
            Assert.Equal(("caller", "u", "\"{\\\"n\\\":1}\""), (told.Type, told.Uuid, told.Data.ToString()));
        });
    }

    [Fact]
    public async Task Send_RawJsonType_IsTheValueItself()
    {
        await using var fleet = await TestFleet.StartAsync(1);
        await fleet.Broadcast.SendAsync("his", "u", News);
        Assert.Equal("""{"n":1}""", Assert.Single(fleet.Member(1).Told).Data.ToString());
    }

    [Fact]
    public async Task Send_GatewayDoesNotAnswer_IsCounted()
    {
        await using var fleet = await TestFleet.StartAsync(3);
        fleet.Open(1, "a");
        fleet.Open(2, "b");
        fleet.Member(2).IsDead = true;
        Assert.Equal(
            new BroadcastResult { Outcome = CallOutcome.Completed, Gateways = 2, Clients = 1, Failed = 1 },
            await fleet.Broadcast.SendAsync("caller", "u", News));
    }

    [Fact]
    public async Task Send_TooLargeOnTheWire_ReachesNobody()
    {
        await using var fleet = await TestFleet.StartAsync(1);

        // Each quote becomes two characters in a string.
        var data = JsonPayload.Parse($"[{string.Join(',', Enumerable.Repeat("\"\"", 16_000))}]");
        Assert.InRange(data.Length, 0, TestGateway.Caller.MaxMessageBytes);
        var result = await fleet.Broadcast.SendAsync("caller", "u", data);
        Assert.Equal(CallOutcome.PayloadTooLarge, result.Outcome);
        Assert.Contains("65536 are allowed", result.Message!, StringComparison.Ordinal);
        Assert.Empty(fleet.Member(1).Told);
        Assert.Equal(CallOutcome.Completed, (await fleet.Broadcast.SendAsync("his", "u", data)).Outcome);
    }

    [Fact]
    public async Task Send_UnknownType_IsSaidOnlyWhenAnOwnerSaysSo()
    {
        await using var fleet = await TestFleet.StartAsync(1);
        Assert.Equal(CallOutcome.UnknownType, (await fleet.Broadcast.SendAsync("nosuch", "u", News)).Outcome);

        await using var alone = await TestFleet.StartWithoutOwnerAsync();
        await Assert.ThrowsAsync<OrleansException>(() => alone.Broadcast.SendAsync("caller", "u", News));
    }

    [Fact]
    public async Task Send_TooManyAtOnce_IsRefusedUntilOneHasEnded()
    {
        await using var fleet = await TestFleet.StartAsync(1);
        var holding = new TaskCompletionSource();
        fleet.Member(1).Holding = holding.Task;
        var underWay = Enumerable.Range(0, FleetBroadcast.MaxUnderWay).Select(number => fleet.Broadcast.SendAsync("caller", $"{number}", News)).ToArray();

        Assert.Equal(CallOutcome.TooManyPending, (await fleet.Broadcast.SendAsync("caller", "u", News)).Outcome);
        Assert.Equal(FleetBroadcast.MaxUnderWay, fleet.Member(1).Told.Count);

        holding.SetResult();
        Assert.All(await Task.WhenAll(underWay).DefaultTimeout(), result => Assert.Equal(CallOutcome.Completed, result.Outcome));
        Assert.Equal(CallOutcome.Completed, (await fleet.Broadcast.SendAsync("caller", "u", News)).Outcome);
    }
}
