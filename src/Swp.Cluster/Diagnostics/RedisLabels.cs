namespace Swp.Cluster.Diagnostics;

/// <summary>What Redis is asked for.</summary>
internal static class RedisLabels
{
    private const string Key = "swp.redis.use";

    /// <summary>Who is a member.</summary>
    public static readonly KeyValuePair<string, object?> Membership = new(Key, "membership");

    /// <summary>The clients' records.</summary>
    public static readonly KeyValuePair<string, object?> Records = new(Key, "records");
}
