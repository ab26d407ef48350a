using Swp.Cli.Metrics;

namespace Swp.Cli.Doctoring;

/// <summary>What a member's metrics say of it.</summary>
internal sealed record MemberHealth(string Address, MetricSet Metrics)
{
    /// <summary>The version it says it has.</summary>
    public string? Version => Metrics.All("target_info").Select(sample => sample.Label("service_version")).FirstOrDefault(version => version.Length > 0);

    /// <summary>Members in its view, by status.</summary>
    public Dictionary<string, double> Members => Metrics.By("swp_cluster_members", "swp_member_status");

    public double Sum(string name, Func<MetricSample, bool>? wanted = null) => Metrics.All(name).Where(sample => wanted?.Invoke(sample) != false).Sum(sample => sample.Value);

    /// <summary>Uses of Redis that do not reach it.</summary>
    public IEnumerable<string> UnreachableRedis => Metrics.All("swp_redis_reachable").Where(sample => sample.Value == 0).Select(sample => sample.Label("swp_redis_use"));
}
