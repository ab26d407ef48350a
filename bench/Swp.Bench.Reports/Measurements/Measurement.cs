namespace Swp.Bench.Reports.Measurements;

/// <summary>A metric's value.</summary>
public sealed record Measurement
{
    /// <exception cref="ArgumentOutOfRangeException">The value is no finite number.</exception>
    public Measurement(Metric metric, double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{metric.Name} must be a finite number.");
        }

        Metric = metric;
        Value = value;
    }

    /// <summary>What was measured.</summary>
    public Metric Metric { get; }

    /// <summary>In the metric's unit.</summary>
    public double Value { get; }
}
