using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Swp.Cluster.Diagnostics;

/// <summary>What is counted for each client type. Asked only for types that the cluster serves, which bounds it.</summary>
internal sealed class ByType<T>(Func<string, T> create)
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _types = new(StringComparer.Ordinal);

    /// <summary>The counts of a type, made when first asked for.</summary>
    public T Of(string type) => _types.TryGetValue(type, out var counts) ? counts : _types.GetOrAdd(type, create);

    /// <summary>A number over all types.</summary>
    public long Sum(Func<T, long> of) => _types.Values.Sum(of);

    /// <summary>For an observable instrument: the measurements of all types.</summary>
    public IEnumerable<Measurement<long>> Measure(Func<T, IEnumerable<Measurement<long>>> measure) => _types.Values.SelectMany(measure);
}
