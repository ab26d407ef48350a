using Orleans.Runtime.Services;
using Swp.Relay;

namespace Swp.Gateway.Fleet;

/// <summary>Reaches the gateway service of one member by its silo address.</summary>
internal sealed class GatewayServiceClient(IServiceProvider services) : GrainServiceClient<IGatewayService>(services), IGatewayServices
{
    public IGatewayService Get(SiloAddress gateway) => GetGrainService(gateway);
}
