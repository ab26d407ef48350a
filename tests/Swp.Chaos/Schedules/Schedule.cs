using Swp.Chaos.Faults;

namespace Swp.Chaos.Schedules;

/// <summary>In which order the faults happen: rounds, each with every fault once, shuffled by the seed.</summary>
internal static class Schedule
{
    /// <summary>At least one round, and as many as the time has room for.</summary>
    public static IReadOnlyList<IFault> Draw(IReadOnlyList<IFault> faults, FaultLengths lengths, TimeSpan settle, TimeSpan length, Random random)
    {
        var round = faults.Aggregate(TimeSpan.Zero, (sum, fault) => sum + fault.Takes(lengths) + settle);
        var rounds = Math.Max(1, (int)(length / round));
        var order = new List<IFault>();
        for (var count = 0; count < rounds; count++)
        {
            IFault[] shuffled = [.. faults];
            random.Shuffle(shuffled);
            order.AddRange(shuffled);
        }

        return order;
    }
}
