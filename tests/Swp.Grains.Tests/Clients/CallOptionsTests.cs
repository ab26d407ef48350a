using Swp.Clients;

namespace Swp.Grains.Tests.Clients;

public sealed class CallOptionsTests
{
    [Fact]
    public void Default_IsTenSecondsAndNoWaiting() =>
        Assert.Equal(new CallOptions { Timeout = TimeSpan.FromSeconds(10), WaitForConnect = TimeSpan.Zero, Idempotent = false }, CallOptions.Default);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10_000, 0)]
    [InlineData(300_000, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 300_000)]
    public void Validate_InRange_Passes(double timeoutMs, double waitMs) => Options(timeoutMs, waitMs).Validate();

    [Theory]
    [InlineData(0, 0, "Timeout")]
    [InlineData(-1, 0, "Timeout")]
    [InlineData(0.9999, 0, "Timeout")]
    [InlineData(300_000.0001, 0, "Timeout")]
    [InlineData(1, -0.0001, "WaitForConnect")]
    [InlineData(1, -1, "WaitForConnect")]
    [InlineData(1, 300_000.0001, "WaitForConnect")]
    public void Validate_OutOfRange_NamesTheOption(double timeoutMs, double waitMs, string option) =>
        Assert.Equal(option, Assert.Throws<ArgumentOutOfRangeException>(Options(timeoutMs, waitMs).Validate).ParamName);

    [Fact]
    public void Validate_InfiniteTimeout_IsOutOfRange() =>
        Assert.Throws<ArgumentOutOfRangeException>(new CallOptions { Timeout = Timeout.InfiniteTimeSpan }.Validate);

    private static CallOptions Options(double timeoutMs, double waitMs) =>
        new() { Timeout = TimeSpan.FromMilliseconds(timeoutMs), WaitForConnect = TimeSpan.FromMilliseconds(waitMs) };
}
