using Swp.Bench.Reports.Writing;

namespace Swp.Bench.Tests.Writing;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.0123, "0.012")]
    [InlineData(0.9996, "1.00")]
    [InlineData(2.345, "2.35")]
    [InlineData(9.996, "10.0")]
    [InlineData(99.96, "100")]
    [InlineData(12345.6, "12,346")]
    public void Number_HasThreeFiguresOrAllBeforeThePoint(double value, string expected) => Assert.Equal(expected, Figures.Number(value));

    [Theory]
    [InlineData(0.8162, "0.82×")]
    [InlineData(0.0123, "0.012×")]
    [InlineData(1.064, "1.06×")]
    [InlineData(12.34, "12.3×")]
    public void Ratio_HasTwoDecimals(double value, string expected) => Assert.Equal(expected, Figures.Ratio(value));

    [Theory]
    [InlineData(0.5, 0.25, "0.5")]
    [InlineData(0.25, 0.25, "0.25")]
    [InlineData(20000, 5000, "20,000")]
    [InlineData(2.5, 2.5, "2.5")]
    public void Tick_HasTheDecimalsOfItsStep(double value, double step, string expected) => Assert.Equal(expected, Figures.Tick(value, step));
}
