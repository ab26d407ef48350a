using Swp.Chaos.Faults;
using Swp.Chaos.Members;

namespace Swp.Chaos.Schedules;

/// <summary>Every fault there is.</summary>
internal static class FaultCatalogue
{
    public static readonly IReadOnlyList<IFault> All =
    [
        new MemberKill("gateway-kill", MemberRole.Gateway),
        new MemberKill("owner-kill", MemberRole.Owner),
        new MemberStop("gateway-drain", MemberRole.Gateway),
        new MemberStop("owner-stop", MemberRole.Owner),
        new MemberHang("gateway-hang", MemberRole.Gateway),
        new MemberHang("owner-hang", MemberRole.Owner),
        new RedisDown(),
        new RedisEmpty(),
        new RollingRestart(),
        new Fight(),
        new ScaleOut(),
        new GatewayCut("cut-gateway-owner", CutWay.Both),
        new GatewayCut("cut-gateway-to-owner", CutWay.ToOwner),
        new GatewayCut("cut-owner-to-gateway", CutWay.ToGateway),
        new OwnersCut("cut-owner-owner"),
    ];

    /// <summary>Those of the short form: of the cuts, which are long, the one that hits most.</summary>
    public static readonly IReadOnlyList<IFault> Short = [.. All.Where(fault => !fault.CutsNetwork || fault.Name == "cut-gateway-owner")];

    /// <summary>What a fault that cuts the network needs.</summary>
    public const string CutsNeed = "needs root, iproute2 and nftables";

    public static IFault? Find(string name) => All.FirstOrDefault(fault => fault.Name == name);
}
