namespace Swp.Bench.Reports.Vocabulary;

/// <summary>Where the callers are, where it makes a row of its own.</summary>
public static class Variants
{
    /// <summary>In the process that owns clients.</summary>
    public const string Owner = "callers in an owner";

    /// <summary>In the gateway that the client is not connected to; the path of the HTTP entry.</summary>
    public const string OtherGateway = "callers in the other gateway";

    /// <summary>In a backend process that is no member, through <c>ISwpClients</c>.</summary>
    public const string Backend = "callers in an external backend process";
}
