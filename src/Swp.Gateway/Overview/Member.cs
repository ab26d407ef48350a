namespace Swp.Gateway.Overview;

/// <summary>A member of the cluster.</summary>
/// <param name="Address">Where it is, which no other member and none of its former lives has.</param>
/// <param name="Name">What it is called.</param>
/// <param name="IsGateway">Whether it terminates sockets.</param>
/// <param name="IsOwner">Whether it holds clients.</param>
internal sealed record Member(SiloAddress Address, string Name, bool IsGateway, bool IsOwner);
