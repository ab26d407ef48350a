using Orleans.Runtime.Services;
using Swp.Relay;

namespace Swp.Grains.Relay;

/// <summary>Reaches the gateway service of one member by its silo address: a dead one fails within milliseconds.</summary>
internal sealed class GatewayServiceClient(IServiceProvider services) : GrainServiceClient<IGatewayService>(services)
{
    public IGatewayService Get(SiloAddress gateway) => GetGrainService(gateway);
}
