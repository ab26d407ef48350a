using Swp.Relay;

namespace Swp.Gateway.Fleet;

/// <summary>The gateway services of the cluster.</summary>
internal interface IGatewayServices
{
    /// <summary>The service of one member.</summary>
    IGatewayService Get(SiloAddress gateway);
}
