using System.Net;

namespace Swp.Testing.Clients;

/// <summary>The server answered the handshake with something else than 101.</summary>
public sealed class HandshakeRefusedException(HttpStatusCode status, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception inner)
    : Exception($"The handshake was answered with HTTP {(int)status}.", inner)
{
    public HttpStatusCode Status => status;

    public string? Header(string name) =>
        headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
}
