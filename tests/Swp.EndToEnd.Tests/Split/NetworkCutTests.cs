using System.Diagnostics;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Networks;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

/// <summary>The network between members is cut under calls and healed: every outcome is true and in time, and nobody stays unreachable.</summary>
[Collection(NetworkCollection.Name)]
public sealed class NetworkCutTests(NetworkFixture fixture) : EndToEndTest(fixture.Cluster.Members)
{
    private const int Clients = 16;

    // The rhythm of idle links, a look at the clock, and a client's pause before it connects again.
    private static readonly TimeSpan SentAway = (3 * NetworkFixture.PeerTimeout) + TimeSpan.FromSeconds(2 + 1 + 1);

    // One attempt to connect, and the pause after it.
    private static readonly TimeSpan Healed = TimeSpan.FromSeconds(5 + 1 + 2);

    private static readonly TestClose OwnerUnavailable = new(4004, "owner_unavailable");

    private NamespaceNetwork Network => fixture.Network;

    private IReadOnlyList<SwpProcess> Gateways => fixture.Cluster.Gateways;

    public override async ValueTask InitializeAsync()
    {
        // One that failed has left the network cut.
        await Network.HealAllAsync();
        await fixture.Cluster.EnsureStartedAsync();
        await base.InitializeAsync();
    }

    // A member that is declared dead says so as it ends; whether one may be is what each test asserts.
    protected override bool IsExpected(string error) =>
        SplitTest.IsOfTheRuntime(error) || error.Contains("the cluster has declared it dead", StringComparison.Ordinal);

    [Theory]
    [InlineData("gateway1", "silo1", true)]
    [InlineData("gateway1", "silo1", false)]
    [InlineData("silo1", "gateway1", false)]
    public async Task A_gateway_is_cut_off_from_an_owner_for_long_and_its_clients_are_sent_to_another_gateway(string from, string to, bool bothWays)
    {
        var clients = await StartClientsAsync();
        var calls = new CallLog(clients);
        calls.Start(Gateways);
        await Eventually.True(() => calls.AllAnswerSince(0, Gateways.Count));

        Assert.NotEqual(0, Network.CountConnections(fixture.Cluster.Silos[0].Id, "gateway1"));
        var cut = Stopwatch.GetTimestamp();
        await CutAsync(from, to, bothWays);
        await Eventually.True(() => clients.Any(client => !client.Closes.IsEmpty));

        // Through the other gateway, which reaches the owner, everybody is called again while the network is still cut.
        var closed = Stopwatch.GetTimestamp();
        await Eventually.True(() => Gateway2Answers(calls, closed));
        var callable = Stopwatch.GetElapsedTime(cut);

        // TCP on its own would send again for a quarter of an hour, and be slow to find out that the network is whole. A connection on which the
        // owner only listens may stay.
        await Eventually.True(() => Network.CountUnacknowledged(fixture.Cluster.Silos[0].Id, "gateway1") == 0);
        var healed = await HealAsync(calls);
        await calls.StopAsync();

        Report(calls, clients, cut, callable, healed);
        calls.AssertTrue();
        Assert.All(clients.SelectMany(client => client.Closes), end => Assert.Equal(OwnerUnavailable, end.Close));
        Assert.True(callable < SentAway + CallLog.CallTimeout, $"callable {callable} after the cut");
        Assert.True(healed < Healed + CallLog.CallTimeout, $"all answer {healed} after healing");
        Assert.All(fixture.Cluster.Members, member => Assert.True(member.IsRunning));
    }

    [Theory]
    [InlineData("gateway1", "silo1")]
    [InlineData("silo1", "silo2")]
    public async Task A_short_cut_is_sat_out_and_no_client_loses_its_connection(string one, string other)
    {
        var clients = await StartClientsAsync();
        var calls = new CallLog(clients);
        calls.Start(Gateways);
        await Eventually.True(() => calls.AllAnswerSince(0, Gateways.Count));

        var cut = Stopwatch.GetTimestamp();
        await CutAsync(one, other, bothWays: true);
        await Task.Delay(NetworkFixture.PeerTimeout * 1.75, TestContext.Current.CancellationToken);
        var healed = await HealAsync(calls);
        await calls.StopAsync();

        Report(calls, clients, cut, null, healed);
        calls.AssertTrue();
        Assert.Empty(clients.SelectMany(client => client.Closes));
        Assert.True(healed < Healed + CallLog.CallTimeout, $"all answer {healed} after healing");
        Assert.All(fixture.Cluster.Members, member => Assert.True(member.IsRunning));
    }

    [Fact]
    public async Task An_owner_that_nobody_reaches_is_declared_dead_and_stops_and_its_clients_keep_their_connections()
    {
        var clients = await StartClientsAsync();
        var calls = new CallLog(clients);
        calls.Start(Gateways);
        await Eventually.True(() => calls.AllAnswerSince(0, Gateways.Count));

        var cut = Stopwatch.GetTimestamp();
        foreach (var other in new[] { "silo2", "gateway1", "gateway2" })
        {
            await Network.CutBothWaysAsync("silo1", other);
        }

        await Eventually.True(() => calls.AllAnswerSince(cut, Gateways.Count));
        var callable = Stopwatch.GetElapsedTime(cut);

        // It hears of it from Redis.
        var silo = fixture.Cluster.Silos[0];
        Assert.NotEqual(0, await silo.Exited.DefaultTimeout());
        Assert.Contains("the cluster has declared it dead", silo.Log.Text, StringComparison.Ordinal);

        // As a supervisor does; it cannot join before.
        await Network.HealAllAsync();
        await silo.StartAsync();
        var healed = await HealAsync(calls);
        await calls.StopAsync();

        Report(calls, clients, cut, callable, healed);
        calls.AssertTrue();
        Assert.Empty(clients.SelectMany(client => client.Closes));
        Assert.True(callable < TimeSpan.FromSeconds(15), $"callable {callable} after the cut");
    }

    private bool Gateway2Answers(CallLog calls, long since) =>
        calls.Entries.Where(entry => entry.IsCompleted && entry.Began > since && entry.Gateway == Gateways[1].Name).Select(entry => entry.Client).Distinct().Count() == Clients;

    private async Task<RoamingClient[]> StartClientsAsync()
    {
        var clients = Enumerable.Range(0, Clients).Select(number => new RoamingClient(NewId(), Gateways, number)).ToArray();
        foreach (var client in clients)
        {
            PutAway(client);
            await client.StartAsync();
        }

        return clients;
    }

    private Task CutAsync(string from, string to, bool bothWays) => bothWays ? Network.CutBothWaysAsync(from, to) : Network.CutAsync(from, to);

    private async Task<TimeSpan> HealAsync(CallLog calls)
    {
        await Network.HealAllAsync();
        var healed = Stopwatch.GetTimestamp();
        await Eventually.True(() => calls.AllAnswerSince(healed, Gateways.Count));
        return Stopwatch.GetElapsedTime(healed);
    }

    private static void Report(CallLog calls, RoamingClient[] clients, long cut, TimeSpan? callable, TimeSpan healed)
    {
        var during = calls.Entries.Where(entry => entry.Began > cut).ToArray();
        var outcomes = during.GroupBy(entry => entry.Outcome).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}");
        var closes = clients.SelectMany(client => client.Closes).Select(end => Stopwatch.GetElapsedTime(cut, end.At).TotalSeconds).Order().ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"calls since the cut: {string.Join(", ", outcomes)}; the slowest took {during.Max(entry => entry.Took).TotalSeconds:0.0} s. "
            + $"{closes.Length} connections closed{(closes.Length > 0 ? $" {closes[0]:0.0} to {closes[^1]:0.0} s after the cut" : "")}"
            + $"{(callable is { } time ? $", all callable through the other gateway after {time.TotalSeconds:0.0} s" : "")}; "
            + $"all callable through both {healed.TotalSeconds:0.0} s after healing.");
    }
}
