namespace Swp.Clients;

/// <summary>Calls with objects instead of JSON.</summary>
public static class SwpClientExtensions
{
    /// <summary>Asks the client; <paramref name="data"/> is serialised with the web defaults (camel case).</summary>
    /// <inheritdoc cref="ISwpClient.RequestAsync"/>
    public static Task<CallResult> RequestAsync<T>(this ISwpClient client, T data, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        client.RequestAsync(JsonPayload.From(data), options, cancellationToken);

    /// <summary>Sends the client a message; <paramref name="data"/> is serialised with the web defaults (camel case).</summary>
    /// <inheritdoc cref="ISwpClient.SendAsync"/>
    public static Task<CallResult> SendAsync<T>(this ISwpClient client, T data, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        client.SendAsync(JsonPayload.From(data), options, cancellationToken);

    /// <summary>Sends a message to every connected client of a type; <paramref name="data"/> is serialised with the web defaults (camel case).</summary>
    /// <inheritdoc cref="ISwpClients.BroadcastAsync"/>
    public static Task<BroadcastResult> BroadcastAsync<T>(this ISwpClients clients, string type, T data, CancellationToken cancellationToken = default) =>
        clients.BroadcastAsync(type, JsonPayload.From(data), cancellationToken);
}
