namespace Swp.Clients;

/// <summary>Every client of the cluster, by its stable name. Safe for concurrent use.</summary>
public interface ISwpClients
{
    /// <summary>The client of a type and an id. Nothing is sent until it is called.</summary>
    /// <exception cref="ArgumentException">The type or the id breaks its rule, see <see cref="ClientKey"/>.</exception>
    ISwpClient Get(string type, string id);

    /// <summary>The client of a key. Nothing is sent until it is called.</summary>
    ISwpClient Get(ClientKey key);
}
