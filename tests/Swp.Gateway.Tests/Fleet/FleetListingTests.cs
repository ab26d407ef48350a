using Orleans.Runtime;
using Swp.Clients;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Fleet;

public sealed class FleetListingTests
{
    [Fact]
    public async Task List_OverAllGateways_IsCompleteAndInOrder()
    {
        await using var fleet = await TestFleet.StartAsync(3);
        fleet.Open(1, "a", "b", "c");
        fleet.Open(3, "d");

        foreach (var limit in (int[])[1, 2, 3, 4, 5, 1000])
        {
            Assert.Equal(["a", "b", "c", "d"], (await ReadAsync(fleet, null, limit)).Select(client => client.Key.Id));
        }

        var (first, rest) = (await fleet.Listing.ListAsync(null, null, 4), await fleet.Listing.ListAsync("his", null, 4));
        Assert.Equal((4, null), (first.Clients.Length, first.Next));
        Assert.Equal((0, null), (rest.Clients.Length, rest.Next));
    }

    [Fact]
    public async Task List_FullPage_AsksNoOtherGateway()
    {
        await using var fleet = await TestFleet.StartAsync(3);
        fleet.Open(1, "a", "b");
        fleet.Open(2, "c");

        await fleet.Listing.ListAsync(null, null, 2);
        Assert.Equal((1, 0, 0), (fleet.Member(1).Asked, fleet.Member(2).Asked, fleet.Member(3).Asked));
    }

    [Fact]
    public async Task List_ManyEmptyGateways_IsAShortPageAndGoesOn()
    {
        await using var fleet = await TestFleet.StartAsync(20);
        fleet.Open(20, "last");

        var first = await fleet.Listing.ListAsync(null, null, 100);
        Assert.Empty(first.Clients);
        Assert.NotNull(first.Next);
        Assert.Equal(8, Enumerable.Range(1, 20).Count(number => fleet.Member(number).Asked > 0));
        Assert.Equal(["last"], (await ReadAsync(fleet, null, 100)).Select(client => client.Key.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task List_GatewayDiesBetweenPages_GoesOnBehindIt(int dying)
    {
        await using var fleet = await TestFleet.StartAsync(3);
        fleet.Open(1, "a", "b");
        fleet.Open(2, "c", "d");
        fleet.Open(3, "e", "f");
        var first = await fleet.Listing.ListAsync(null, null, 3);

        fleet.Kill(dying);
        var rest = await ReadAsync(fleet, null, 3, first.Next);

        Assert.Equal(dying == 1 ? ["d", "e", "f"] : ["e", "f"], rest.Select(client => client.Key.Id));
    }

    [Fact]
    public async Task List_GatewayJoinsBetweenPages_TakesNothingFromTheOthers()
    {
        await using var fleet = await TestFleet.StartAsync(0);
        fleet.Join(2);
        fleet.Join(5);
        fleet.Open(2, "a", "b");
        fleet.Open(5, "e");
        var first = await fleet.Listing.ListAsync(null, null, 1);

        fleet.Join(1);
        fleet.Join(3);
        fleet.Open(1, "before");
        fleet.Open(3, "new");

        Assert.Equal(["b", "new", "e"], (await ReadAsync(fleet, null, 1, first.Next)).Select(client => client.Key.Id));
    }

    [Fact]
    public async Task List_GatewayDoesNotAnswer_SaysSoAndGoesOnBehindIt()
    {
        await using var fleet = await TestFleet.StartAsync(3);
        fleet.Open(1, "a");
        fleet.Open(2, "b");
        fleet.Open(3, "c");
        fleet.Member(2).IsDead = true;

        var first = await fleet.Listing.ListAsync(null, null, 100);
        Assert.Equal(("a", 1), (first.Clients.Single().Key.Id, first.Failed));
        var second = await fleet.Listing.ListAsync(null, first.Next, 100);
        Assert.Equal(("c", 0, null), (second.Clients.Single().Key.Id, second.Failed, second.Next));
    }

    [Fact]
    public async Task List_CursorOfAnotherListing_IsRefused()
    {
        await using var fleet = await TestFleet.StartAsync(1);
        fleet.Open(1, "a", "b");
        var all = await fleet.Listing.ListAsync(null, null, 1);
        var callers = await fleet.Listing.ListAsync("caller", null, 1);

        Assert.True((await fleet.Listing.ListAsync("caller", callers.Next, 1)).CursorIsValid);
        Assert.False((await fleet.Listing.ListAsync("caller", all.Next, 1)).CursorIsValid);
        Assert.False((await fleet.Listing.ListAsync(null, callers.Next, 1)).CursorIsValid);
        Assert.False((await fleet.Listing.ListAsync("his", callers.Next, 1)).CursorIsValid);
        Assert.False((await fleet.Listing.ListAsync(null, "x", 1)).CursorIsValid);
    }

    [Fact]
    public async Task List_UnknownType_IsSaidOnlyWhenAnOwnerSaysSo()
    {
        await using var fleet = await TestFleet.StartAsync(1);
        Assert.False((await fleet.Listing.ListAsync("nosuch", null, 1)).TypeIsKnown);

        await using var alone = await TestFleet.StartWithoutOwnerAsync();
        await Assert.ThrowsAsync<OrleansException>(() => alone.Listing.ListAsync("caller", null, 1));
        await Assert.ThrowsAsync<OrleansException>(alone.Listing.GetTypesAsync);
    }

    [Fact]
    public async Task GetTypes_CountsOverTheGatewaysThatAnswer()
    {
        await using var fleet = await TestFleet.StartAsync(3);
        fleet.Open(1, "a", "b");
        fleet.Open(2, "c");
        fleet.Open(3, "d");
        Assert.Equal([("caller", 4), ("his", 0)], (await fleet.Listing.GetTypesAsync()).Types.Select(type => (type.Type.Name, type.Connected)));

        fleet.Member(2).IsDead = true;
        var list = await fleet.Listing.GetTypesAsync();
        Assert.Equal((3, 1), (list.Types[0].Connected, list.Failed));
    }

    private static async Task<List<ConnectedClient>> ReadAsync(TestFleet fleet, string? type, int limit, string? cursor = null)
    {
        var clients = new List<ConnectedClient>();
        do
        {
            var page = await fleet.Listing.ListAsync(type, cursor, limit);
            Assert.InRange(page.Clients.Length, 0, limit);
            clients.AddRange(page.Clients);
            cursor = page.Next;
        }
        while (cursor is not null);
        return clients;
    }
}
