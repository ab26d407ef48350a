using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Swp.Cluster.Links;
using Swp.Gateway.Relay;
using Swp.Relay;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The links of a gateway under test.</summary>
internal static class TestLinks
{
    /// <summary>Idle links say nothing, and owners may take their time: a test sees only what it has caused, however far it sets the clock.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public static LinkTable<OwnerboundFrame> Create(TestOwners owners, ClientRelays relays, TestMembership membership, HostileTimeProvider time) => new(
        new GatewayEndpoint(owners, new TestSilo(), relays, new BatchReceiver<ClientboundFrame>(), new LocalReceiver<OwnerboundFrame>()),
        membership,
        membership,
        Options.Create(new LinkOptions { Silent = Patience, Beat = TimeSpan.MaxValue }),
        time,
        NullLogger<LinkTable<OwnerboundFrame>>.Instance);
}
