using Orleans.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Swp.Gateway.Overview;
using Swp.Gateway.Types;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Kit;

/// <summary>A gateway that looks at a cluster which is the test: two gateways and two owners.</summary>
internal sealed class TestOverview : IAsyncDisposable
{
    private readonly TestManifests _manifests = new();
    private readonly TestMembership _membership = new();

    private TestOverview()
    {
        Types = new ClientTypeDirectory(_manifests, Owners, TestTokens.WithoutKeys(Time).Verifier, Time, NullLogger<ClientTypeDirectory>.Instance);
        Cluster = new ClusterOverview(new ClusterMembers(_manifests, _membership, Gateways, Owners, Time), Types, Time);
        _manifests.Gateways = [Gateway1, Gateway2];
        Owners[Members.Owner1].ClientTypes = () => Task.FromResult<Swp.Relay.ClientTypeDescription[]>([TestGateway.Caller, TestGateway.Caller with { Name = "his", DisplayName = "医院" }]);
        (_membership.Names[Gateway1], _membership.Names[Gateway2]) = ("gateway1", "gateway2");
        (_membership.Names[Members.Owner1], _membership.Names[Members.Owner2]) = ("silo1", "silo2");
    }

    public static SiloAddress Gateway1 { get; } = Members.Owner(1001);

    public static SiloAddress Gateway2 { get; } = Members.Owner(1002);

    public HostileTimeProvider Time { get; } = new();

    public TestGateways Gateways { get; } = new();

    public TestOwners Owners { get; } = new();

    public ClientTypeDirectory Types { get; }

    public ClusterOverview Cluster { get; }

    /// <summary>How often the members were asked.</summary>
    public int Gathered => Gateways[Gateway1].AskedForReport;

    public static async Task<TestOverview> StartAsync()
    {
        var overview = new TestOverview();
        overview._manifests.Publish(Members.Owner1, Members.Owner2);
        await overview.Types.StartAsync(CancellationToken.None);
        await Eventually.True(() => overview.Types.Find("his") is not null);
        return overview;
    }

    /// <summary>Looks, a second after whoever looked before.</summary>
    public Task<OverviewBody> LookAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return Cluster.GetAsync().DefaultTimeout();
    }

    /// <summary>The membership declares a member dead.</summary>
    public void Kill(SiloAddress member) => _membership.Kill(member);

    public async ValueTask DisposeAsync() => await Types.StopAsync(CancellationToken.None);
}
