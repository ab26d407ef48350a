namespace Swp.Diagnostics;

/// <summary>The label that names a client type. Only of types that exist: a label must stay bounded.</summary>
internal static class TypeLabels
{
    public const string Key = "swp.client.type";

    /// <summary>A type that is not known to exist.</summary>
    public static readonly KeyValuePair<string, object?> Other = Of("other");

    public static KeyValuePair<string, object?> Of(string type) => new(Key, type);
}
