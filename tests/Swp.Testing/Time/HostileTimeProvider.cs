using Microsoft.Extensions.Time.Testing;

namespace Swp.Testing.Time;

/// <summary>
/// A clock the test drives, with everything about it that careless code takes for granted taken away: its time stamps are not in ticks, they
/// do not start at zero, the wall clock can be set back while they go on, and it is in no round time zone.
/// </summary>
public sealed class HostileTimeProvider : FakeTimeProvider
{
    private const int Odd = 7;
    private const long FirstStamp = 1_234_567_891_011;

    private TimeSpan _wallClockError;

    public HostileTimeProvider()
        : base(new DateTimeOffset(2026, 3, 29, 0, 59, 59, 987, TimeSpan.Zero)) =>
        SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("odd", TimeSpan.FromMinutes(345), "odd", "odd"));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * Odd;

    public override long GetTimestamp() => FirstStamp + ((base.GetUtcNow() - Start).Ticks * Odd);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _wallClockError;

    /// <summary>Somebody sets the wall clock; time itself goes on as before.</summary>
    public void SetWallClock(TimeSpan by) => _wallClockError += by;
}
