using Orleans.Concurrency;

namespace Swp.Clients;

/// <summary>
/// Any gateway, which speaks for all of them: what concerns the connected clients and not one client. Prefer <c>ISwpClients</c>.
/// </summary>
[Alias("swp.IGatewayGrain")]
public interface IGatewayGrain : IGrainWithStringKey
{
    /// <summary>The type of the grain; members that have it are gateways.</summary>
    public const string GrainTypeName = "gateway";

    /// <summary>Who is connected, a page at a time.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:20")]
    [Alias("List")]
    Task<ClientPage> ListAsync(string? type, string? cursor, int limit);

    /// <summary>The client types, and how many clients of each are connected.</summary>
    [AlwaysInterleave]
    [Alias("GetTypes")]
    Task<ClientTypeList> GetTypesAsync();

    /// <summary>Sends a message to every connected client of a type.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:00:40")]
    [Alias("Broadcast")]
    Task<BroadcastResult> BroadcastAsync(string type, string uuid, JsonPayload data);
}
