using System.Text.Json;
using Swp.Clients;

namespace Swp.Grains.Services;

/// <summary>What a client asks the servers.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Uuid">Its correlation id.</param>
/// <param name="Data">Its payload, byte for byte.</param>
public sealed record Query(ClientKey Client, string? Uuid, JsonPayload Data)
{
    /// <summary>Reads the payload, whether it came as JSON or as a string holding JSON.</summary>
    /// <exception cref="QueryException">It is no <typeparamref name="T"/>: the client is told so.</exception>
    public T Read<T>(JsonSerializerOptions? options = null)
    {
        try
        {
            return Data.Read<T>(options);
        }
        catch (JsonException e)
        {
            var where = e.Path is { Length: > 1 } path ? $" at {path}" : "";
            throw new QueryException($"The data of the query could not be read{where}.", e);
        }
    }
}
