namespace Swp.Cluster.Startup;

/// <summary>Who reads a setting: the tables of the operations guide, in their order.</summary>
internal enum SettingReader
{
    /// <summary>Every member.</summary>
    Member,

    /// <summary>Gateways and standalone.</summary>
    Gateway,

    /// <summary>Owners.</summary>
    Owner,

    /// <summary>Standalone.</summary>
    Standalone,

    /// <summary>Owners and standalone, for one client type.</summary>
    ClientType,

    /// <summary>Every member, by a name that others gave it.</summary>
    Framework,
}
