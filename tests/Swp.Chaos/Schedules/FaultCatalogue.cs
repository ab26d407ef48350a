using Swp.Chaos.Faults;

namespace Swp.Chaos.Schedules;

/// <summary>Every fault there is.</summary>
internal static class FaultCatalogue
{
    public static readonly IReadOnlyList<IFault> All =
    [
        new GatewayKill(),
        new OwnerKill(),
    ];

    public static IFault? Find(string name) => All.FirstOrDefault(fault => fault.Name == name);
}
