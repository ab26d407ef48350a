namespace Swp.Chaos.Faults;

/// <summary>How long the faults that last are made to last.</summary>
/// <param name="Hang">A member's hang.</param>
/// <param name="RedisDown">Redis' absence.</param>
/// <param name="Fight">Two devices' fight for one id.</param>
/// <param name="Cut">A cut network.</param>
internal sealed record FaultLengths(TimeSpan Hang, TimeSpan RedisDown, TimeSpan Fight, TimeSpan Cut)
{
    public static readonly FaultLengths Long = new(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(18));

    public static readonly FaultLengths Short = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10));
}
