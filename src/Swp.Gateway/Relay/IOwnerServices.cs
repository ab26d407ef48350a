using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>The owner services of the cluster.</summary>
internal interface IOwnerServices
{
    /// <summary>The service of one member.</summary>
    IOwnerService Get(SiloAddress owner);
}
