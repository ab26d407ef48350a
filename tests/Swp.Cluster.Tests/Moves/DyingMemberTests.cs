using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Cluster.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Cluster.Tests.Moves;

/// <summary>A member dies without a word.</summary>
public sealed class DyingMemberTests(SwpTestCluster cluster) : IClassFixture<SwpTestCluster>
{
    private static readonly CallOptions Patient = new() { Timeout = TimeSpan.FromSeconds(120) };

    [Fact]
    public async Task Kill_Owner_SocketStaysOpenAndClientIsCallableAgain()
    {
        var client = await cluster.OpenAsync(cluster.Gateway1, "orphan");
        await cluster.Cluster.StartAdditionalSiloAsync().DefaultTimeout();
        await cluster.Cluster.KillSiloAsync(cluster.OwnerOf("orphan")).DefaultTimeout();

        var answering = client.AnswerAllAsync();
        await Eventually.True(async () => (await cluster.Clients.Get(TestService.Type, "orphan").RequestAsync(1)).Outcome == CallOutcome.Completed);
        Assert.False(answering.IsCompleted);
    }

    [Fact]
    public async Task Kill_Gateway_OpenPromisesSettleWhenTheMembershipSaysSo()
    {
        var gateway = cluster.Gateway2;
        var client = await cluster.OpenAsync(gateway, "widow");
        var call = cluster.Clients.Get(TestService.Type, "widow").RequestAsync(1, Patient);
        await client.ReceiveRequestAsync();

        var started = Stopwatch.GetTimestamp();
        await cluster.Cluster.KillSiloAsync(gateway).DefaultTimeout();

        // The membership's word, and not the wait for it, is what is looked at here: probes of a member that dies within this process take their time.
        var membership = cluster.Owners.First().ServiceProvider.GetRequiredService<IClusterMembershipService>();
        Assert.True(await membership.TryKill(gateway.SiloAddress).DefaultTimeout());
        var result = await call.DefaultTimeout();
        Assert.Equal(CallOutcome.LostInFlight, result.Outcome);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(25), "It waited for its time-out.");

        var next = await cluster.OpenAsync(cluster.Gateway1, "widow");
        var again = cluster.Clients.Get(TestService.Type, "widow").RequestAsync(2, Patient);
        await next.AnswerAsync(await next.ReceiveRequestAsync());
        Assert.Equal(CallOutcome.Completed, (await again.DefaultTimeout()).Outcome);
    }
}
