namespace Swp.Clients;

/// <summary>Every client of the cluster, by its stable name, and all of them together. Safe for concurrent use.</summary>
public interface ISwpClients
{
    /// <summary>The client of a type and an id. Nothing is sent until it is called.</summary>
    /// <exception cref="ArgumentException">The type or the id breaks its rule, see <see cref="ClientKey"/>.</exception>
    ISwpClient Get(string type, string id);

    /// <summary>The client of a key. Nothing is sent until it is called.</summary>
    ISwpClient Get(ClientKey key);

    /// <summary>
    /// Sends a message to every client of a type that is connected now: at most once by each connection. It is not tried again, and does not throw for
    /// what happens on the way.
    /// </summary>
    /// <param name="type">The client type.</param>
    /// <param name="data">The message; <see cref="JsonPayload.From{T}"/> makes one of any object.</param>
    /// <param name="cancellationToken">Stops waiting: it ends as <see cref="CallOutcome.Cancelled"/>, and goes on.</param>
    Task<BroadcastResult> BroadcastAsync(string type, JsonPayload data, CancellationToken cancellationToken = default);

    /// <summary>Who is connected, a page at a time.</summary>
    /// <param name="type">Only clients of this type; <see langword="null"/> for all.</param>
    /// <param name="cursor">The <see cref="ClientPage.Next"/> of the page before; <see langword="null"/> for the first one.</param>
    /// <param name="limit">1 to 1,000 clients.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="cursor"/> is no cursor of such a listing.</exception>
    /// <exception cref="SwpUnavailableException">No gateway could be reached.</exception>
    Task<ClientPage> ListAsync(string? type = null, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>The client types, the limits that are in force, and how many clients of each are connected.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SwpUnavailableException">No gateway could be reached.</exception>
    Task<ClientTypeList> GetTypesAsync(CancellationToken cancellationToken = default);
}
