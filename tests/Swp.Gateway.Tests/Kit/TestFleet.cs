using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Gateway.Fleet;
using Swp.Gateway.Types;
using Swp.Relay;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Kit;

/// <summary>All gateways of a cluster that is the test.</summary>
internal sealed class TestFleet : IGatewayServices, IAsyncDisposable
{
    private readonly SortedDictionary<string, (SiloAddress Address, TestFleetMember Member)> _members = new(StringComparer.Ordinal);
    private readonly TestManifests _manifests = new();
    private readonly TestOwners _owners = new();

    private TestFleet()
    {
        var time = new HostileTimeProvider();
        Types = new ClientTypeDirectory(_manifests, _owners, TestTokens.WithoutKeys(time).Verifier, time, NullLogger<ClientTypeDirectory>.Instance);
        var fleet = new GatewayFleet(_manifests, this, NullLogger<GatewayFleet>.Instance);
        Listing = new FleetListing(fleet, Types);
        Broadcast = new FleetBroadcast(fleet, Types);
        _owners[Members.Owner1].ClientTypes = () => Task.FromResult<ClientTypeDescription[]>([TestGateway.Caller, TestGateway.Caller with { Name = "his", RawJson = true }]);
    }

    public ClientTypeDirectory Types { get; }

    public FleetListing Listing { get; }

    public FleetBroadcast Broadcast { get; }

    /// <summary>Gateways 1 to <paramref name="gateways"/>, and an owner that serves <c>caller</c> and, in raw JSON, <c>his</c>.</summary>
    public static async Task<TestFleet> StartAsync(int gateways)
    {
        var fleet = await StartWithoutOwnerAsync();
        fleet.Publish();
        for (var number = 1; number <= gateways; number++)
        {
            fleet.Join(number);
        }

        await Eventually.True(() => fleet.Types.Find("his") is not null);
        return fleet;
    }

    /// <summary>A gateway that no owner has spoken to.</summary>
    public static async Task<TestFleet> StartWithoutOwnerAsync()
    {
        var fleet = new TestFleet();
        await fleet.Types.StartAsync(CancellationToken.None);
        return fleet;
    }

    /// <summary>A gateway starts.</summary>
    public TestFleetMember Join(int number)
    {
        var address = Members.Owner(1000 + number);
        var member = new TestFleetMember();
        _members.Add(address.ToParsableString(), (address, member));
        Publish();
        return member;
    }

    /// <summary>A gateway that started.</summary>
    public TestFleetMember Member(int number) => _members[Members.Owner(1000 + number).ToParsableString()].Member;

    /// <summary>The membership declares a gateway dead.</summary>
    public void Kill(int number)
    {
        Member(number).IsDead = true;
        _members.Remove(Members.Owner(1000 + number).ToParsableString());
        Publish();
    }

    /// <summary>Clients open at a gateway.</summary>
    public void Open(int gateway, params IEnumerable<string> ids) =>
        Member(gateway).Open.AddRange(ids.Select(id => new ConnectedClient { Key = new ClientKey("caller", id), Gateway = $"gateway{gateway}", ConnectedAt = DateTimeOffset.UnixEpoch }));

    public IGatewayService Get(SiloAddress gateway) => _members[gateway.ToParsableString()].Member;

    public async ValueTask DisposeAsync() => await Types.StopAsync(CancellationToken.None);

    private void Publish()
    {
        _manifests.Gateways = [.. _members.Values.Select(member => member.Address)];
        _manifests.Publish(Members.Owner1);
    }
}
