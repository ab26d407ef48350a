using System.Collections.Concurrent;

namespace Swp.Cli.Crowds;

/// <summary>How often something ended for which reason. What a stranger can make up is counted together once there are many.</summary>
internal sealed class ReasonCount
{
    private const int MaxReasons = 50;
    private const string Other = "other";

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public void Add(string reason) => _counts.AddOrUpdate(_counts.Count < MaxReasons || _counts.ContainsKey(reason) ? reason : Other, 1, static (_, count) => count + 1);

    public SortedDictionary<string, long> ToSorted() => new(_counts.ToDictionary(), StringComparer.Ordinal);
}
