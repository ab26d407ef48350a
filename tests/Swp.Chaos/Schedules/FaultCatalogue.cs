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
    ];

    public static IFault? Find(string name) => All.FirstOrDefault(fault => fault.Name == name);
}
