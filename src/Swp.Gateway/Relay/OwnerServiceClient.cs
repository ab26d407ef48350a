using Orleans.Runtime.Services;
using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>Reaches the owner service of one member by its silo address.</summary>
internal sealed class OwnerServiceClient(IServiceProvider services) : GrainServiceClient<IOwnerService>(services), IOwnerServices
{
    public IOwnerService Get(SiloAddress owner) => GetGrainService(owner);
}
