using Orleans.Concurrency;
using Swp.Clients;

namespace Swp.Gateway.Fleet;

/// <summary>This gateway, as whoever wants to speak to all of them sees it. That a member has this grain says that it is a gateway.</summary>
[GrainType(IGatewayGrain.GrainTypeName)]
[StatelessWorker(1)]
internal sealed class GatewayGrain(FleetListing listing, FleetBroadcast broadcast) : Grain, IGatewayGrain
{
    public Task<ClientPage> ListAsync(string? type, string? cursor, int limit) => listing.ListAsync(type, cursor, limit);

    public Task<ClientTypeList> GetTypesAsync() => listing.GetTypesAsync();

    public Task<BroadcastResult> BroadcastAsync(string type, string uuid, JsonPayload data) => broadcast.SendAsync(type, uuid, data);
}
