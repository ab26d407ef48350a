using System.Diagnostics.Metrics;

namespace Swp.Cluster.Diagnostics;

/// <summary>
/// Counts, one for each value of a label. Counting costs one interlocked addition and no allocation, whether anybody listens or not; what has not
/// happened yet is exported as zero, so that its first time is seen as an increase.
/// </summary>
internal sealed class Tally
{
    private readonly KeyValuePair<string, object?>[][] _tags;
    private readonly long[] _counts;

    /// <summary>One count.</summary>
    public Tally(params KeyValuePair<string, object?>[] common)
    {
        _tags = [common];
        _counts = new long[1];
    }

    /// <summary>A count for each of <paramref name="values"/>.</summary>
    public Tally(string label, IEnumerable<string> values, params KeyValuePair<string, object?>[] common)
    {
        _tags = [.. values.Select(value => (KeyValuePair<string, object?>[])[.. common, new(label, value)])];
        _counts = new long[_tags.Length];
    }

    /// <summary>Counts what the value at <paramref name="index"/> stands for.</summary>
    public void Add(int index = 0, long count = 1) => Interlocked.Add(ref _counts[index], count);

    /// <summary>What was counted.</summary>
    public long this[int index] => Interlocked.Read(ref _counts[index]);

    /// <summary>What was counted, of every value.</summary>
    public long[] Read()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = this[i];
        }

        return counts;
    }

    /// <summary>For an observable instrument.</summary>
    public IEnumerable<Measurement<long>> Measure()
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            yield return new Measurement<long>(this[i], _tags[i]);
        }
    }
}
