namespace Swp.Gateway.Keys;

/// <summary>What a key may do.</summary>
internal enum ApiScope
{
    /// <summary>Ask clients and send to them.</summary>
    Call,

    /// <summary>Look: at clients, types, metrics.</summary>
    Read,

    /// <summary>Everything, and sending clients away.</summary>
    Admin,
}
