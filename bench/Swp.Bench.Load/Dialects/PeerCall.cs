using System.Text;

namespace Swp.Bench.Load.Dialects;

/// <summary>The HTTP entry that the peers' bench programs offer, since they have none of their own.</summary>
internal static class PeerCall
{
    public static HttpRequestMessage Create(Uri entry, string target, Payload payload) => new(HttpMethod.Post, new Uri(entry, $"/call?target={Uri.EscapeDataString(target)}"))
    {
        Content = new StringContent(payload.Text, Encoding.UTF8, "application/json"),
    };
}
