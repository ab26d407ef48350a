using Swp.Cluster.Startup;

namespace Swp.Gateway.Keys;

/// <summary>The settings of one API key: <c>Swp:ApiKeys:{name}</c>.</summary>
[SettingsOf(SettingReader.Gateway, ApiKeyReader.Section + ":{name}")]
internal static class ApiKeySettings
{
    /// <summary>The SHA-256 of a key that may call the server API; up to 256 keys, read again when they change.</summary>
    [Setting("hash", Range = "64 hexadecimal digits, or base64")]
    public const string Hash = "Hash";

    /// <summary>What its holder may do; at least one.</summary>
    [Setting("list", Range = "`call`, `read`, `admin`", Default = "none; required")]
    public const string Scopes = "Scopes";

    /// <summary>Limits it to clients of these types. The default is all.</summary>
    [Setting("list", Range = "names of client types", Default = "all")]
    public const string Types = "Types";

    /// <summary>All there are.</summary>
    public static readonly string[] All = [Hash, Scopes, Types];
}
