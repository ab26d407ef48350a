using System.Collections.Concurrent;
using Orleans.Runtime;
using Swp.Gateway.Fleet;
using Swp.Relay;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The gateway members of a test, made when first spoken of.</summary>
internal sealed class TestGateways : IGatewayServices
{
    private readonly ConcurrentDictionary<SiloAddress, TestFleetMember> _gateways = new();

    public TestFleetMember this[SiloAddress address] => _gateways.GetOrAdd(address, _ => new TestFleetMember());

    public IGatewayService Get(SiloAddress gateway) => this[gateway];
}
