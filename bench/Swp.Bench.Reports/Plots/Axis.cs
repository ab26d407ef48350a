namespace Swp.Bench.Reports.Plots;

/// <summary>From figures to places, from zero on: a bar that is twice as long is twice as much.</summary>
internal sealed record Axis
{
    private const int WantedTicks = 5;

    private Axis(double max, double step, double start, double length) => (Max, Step, Start, Length) = (max, step, start, length);

    public double Max { get; }

    public double Step { get; }

    public double Start { get; }

    public double Length { get; }

    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round(Max / Step) + 1).Select(tick => tick * Step);

    /// <summary>Ends at the first round figure that is no less than the most.</summary>
    public static Axis For(double most, double start, double length)
    {
        var rough = (most > 0 ? most : 1) / WantedTicks;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = ((double[])[1, 2, 2.5, 5, 10]).Select(factor => factor * magnitude).First(candidate => candidate >= rough * 0.999);
        var steps = Math.Max(1, Math.Ceiling((most / step) - 1e-9));
        return new Axis(steps * step, step, start, length);
    }

    public double At(double value) => Start + (Length * value / Max);
}
