namespace Swp.Bench.Reports.Measurements;

/// <summary>Something that is measured. Reports show whatever metrics the samples have, in the order in which they first come.</summary>
/// <param name="Name">Its name, such as <c>calls/s</c>.</param>
/// <param name="Unit">Its unit; empty when the name says it.</param>
/// <param name="Direction">Which figures are the better ones.</param>
public sealed record Metric(string Name, string Unit, Direction Direction)
{
    /// <summary>A value of it.</summary>
    public Measurement Is(double value) => new(this, value);
}
