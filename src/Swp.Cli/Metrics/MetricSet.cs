namespace Swp.Cli.Metrics;

/// <summary>What members showed at one time.</summary>
internal sealed class MetricSet(IReadOnlyList<MetricSample> samples)
{
    private readonly ILookup<string, MetricSample> _byName = samples.ToLookup(sample => sample.Name);

    public bool Has(string name) => _byName.Contains(name);

    public IEnumerable<MetricSample> All(string name) => _byName[name];

    /// <summary>The sum of a metric by the values of a label, of the samples that are wanted.</summary>
    public Dictionary<string, double> By(string name, string label, Func<MetricSample, bool>? wanted = null) =>
        _byName[name]
            .Where(sample => !double.IsNaN(sample.Value) && wanted?.Invoke(sample) != false)
            .GroupBy(sample => sample.Label(label))
            .ToDictionary(same => same.Key, same => same.Sum(sample => sample.Value));
}
