using Swp.Bench.Reports.Plots;

namespace Swp.Bench.Tests.Plots;

public sealed class AxisTests
{
    [Theory]
    [InlineData(31428, 10000, 40000)]
    [InlineData(10, 2, 10)]
    [InlineData(10.005, 2, 12)]
    [InlineData(0.0123, 0.0025, 0.0125)]
    [InlineData(0, 0.2, 0.2)]
    public void For_EndsAtARoundFigure(double most, double step, double max)
    {
        var axis = Axis.For(most, 100, 500);

        Assert.Equal(step, axis.Step, 9);
        Assert.Equal(max, axis.Max, 9);
        Assert.Equal(600, axis.At(axis.Ticks.Last()), 6);
    }
}
