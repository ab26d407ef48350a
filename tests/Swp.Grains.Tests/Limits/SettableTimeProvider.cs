namespace Swp.Grains.Tests.Limits;

/// <summary>A clock that may be put anywhere, and back.</summary>
internal sealed class SettableTimeProvider : TimeProvider
{
    public long Ticks { get; set; } = TimeSpan.FromDays(1).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Ticks;
}
