using Swp.Gateway.Hosting;
using Swp.Gateway.Tests.Kit;
using Swp.Relay;

namespace Swp.Gateway.Tests.Relay;

public sealed class ReattachQueueTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(50, 1)]
    [InlineData(2_000, 40)]
    public async Task ManyAtOnce_AreAttachedAgainAtTheRate(int perSecond, int perStep)
    {
        await using var gateway = await TestGateway.StartAsync(new GatewayOptions { ReattachesPerSecond = perSecond });
        var count = (perStep * 3) + 1;
        for (var i = 0; i < count; i++)
        {
            await gateway.OpenAsync($"{i}");
        }

        // To the start of a step, whatever the clock's own start is.
        var ticks = gateway.Time.TimestampFrequency / 50;
        gateway.Time.Advance(TimeSpan.FromTicks((ticks - (gateway.Time.GetTimestamp() % ticks)) / (gateway.Time.TimestampFrequency / TimeSpan.TicksPerSecond) + 1));
        gateway.Membership.Kill(Members.Owner1);

        var attached = new HashSet<string>();
        while (attached.Count < count)
        {
            var expected = Math.Min(perStep, count - attached.Count);
            for (var i = 0; i < expected; i++)
            {
                var attach = await gateway.Grains.Attaches.NextAsync();
                Assert.NotNull(attach.Request.Resume);
                Assert.True(attached.Add(attach.Client));
                attach.Attach(101, owner: Members.Owner2);
            }

            Assert.Equal(0, gateway.Grains.Attaches.Count);
            if (attached.Count < count)
            {
                await gateway.StepUntilAsync(() => gateway.Grains.Attaches.Count > 0, Step);
            }
        }
    }

    [Fact]
    public async Task AnAttemptHangs_ItIsTriedAgain_AndTheAnswerOfTheFirstIsNobodys()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (peer, _) = await gateway.OpenAsync();
        gateway.Membership.Kill(Members.Owner1);
        var hanging = await gateway.Grains.Attaches.NextAsync();
        var started = gateway.Time.GetTimestamp();
        var next = await gateway.AdvanceUntilAsync(gateway.Grains.Attaches, TimeSpan.FromMilliseconds(250));
        Assert.InRange(gateway.Time.GetElapsedTime(started), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));
        next.Attach(102, owner: Members.Owner2);
        hanging.Attach(101, owner: Members.Owner(3));
        await peer.SendAsync(Wire.Query("1"));
        Assert.Equal(102, Assert.Single(await gateway.Owners[Members.Owner2].AcceptAsync(1)).Epoch);
        Assert.Equal(0, gateway.Owners[Members.Owner(3)].Deliveries.Count);
    }

    [Fact]
    public async Task AFailedAttempt_HoldsNobodyUpUntilItsTurnComesAgain()
    {
        const int Many = 300;
        await using var gateway = await TestGateway.StartAsync();
        for (var i = 0; i < Many; i++)
        {
            await gateway.OpenAsync($"{i}");
        }

        gateway.Membership.Kill(Members.Owner1);
        for (var i = 0; i < Many; i++)
        {
            (await gateway.AdvanceUntilAsync(gateway.Grains.Attaches, Step)).Fail();
        }

        for (var i = 0; i < Many; i++)
        {
            (await gateway.AdvanceUntilAsync(gateway.Grains.Attaches, Step)).Attach(101, owner: Members.Owner2);
        }
    }

    [Fact]
    public async Task ARelayIsHeldOnce_HoweverOftenItsOwnerIsLost()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (peer, relay) = await gateway.OpenAsync();
        await peer.SendAsync(Wire.Query("1"));
        var delivery = await gateway.Owner.Deliveries.NextAsync();
        relay.OnOwnerLost(Members.Owner1);
        relay.OnOwnerLost(Members.Owner1);
        delivery.RejectAll(RejectReason.NotAttached);
        (await gateway.Grains.Attaches.NextAsync()).Attach(101, owner: Members.Owner2);
        await gateway.Owners[Members.Owner2].AcceptAsync(1);
        relay.OnOwnerLost(Members.Owner1);
        await peer.SendAsync(Wire.Query("2"));
        await gateway.Owners[Members.Owner2].AcceptAsync(1);
        Assert.Equal(0, gateway.Grains.Attaches.Count);
    }
}
