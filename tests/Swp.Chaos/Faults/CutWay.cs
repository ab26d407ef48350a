namespace Swp.Chaos.Faults;

/// <summary>Which packets between a gateway and an owner are dropped.</summary>
internal enum CutWay
{
    Both,
    ToOwner,
    ToGateway,
}
