using Swp.Devices;

namespace Swp.Clinic.Tests.Samples;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("86400", 600)]
    [InlineData("9223372036854775807", 600)]
    [InlineData("Wed, 04 Mar 2026 05:06:37 GMT", 30)]
    [InlineData("Wed, 04 Mar 2026 05:05:00 GMT", 0)]
    [InlineData("Thu, 05 Mar 2026 05:05:00 GMT", 600)]
    public void Parse_SecondsOrDate_GivesTheDelay(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryAfter.Parse(value, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public void Parse_AnythingElse_GivesNone(string? value) => Assert.Null(RetryAfter.Parse(value, Now));
}
