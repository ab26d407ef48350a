using Swp.Clients;

namespace Swp.Client.Calls;

internal sealed class SwpClients(IGrainFactory grains, TimeProvider time) : ISwpClients
{
    private readonly UuidSource _uuids = new();

    public ISwpClient Get(string type, string id) => Get(new ClientKey(type, id));

    public ISwpClient Get(ClientKey key) =>
        key.Type is null
            ? throw new ArgumentException("The key is empty.", nameof(key))
            : new SwpClient(key, grains.GetGrain<IClientGrain>(key.ToGrainId()), _uuids, time);
}
