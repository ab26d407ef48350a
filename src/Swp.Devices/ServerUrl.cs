using System.Diagnostics.CodeAnalysis;

namespace Swp.Devices;

/// <summary>What a client accepts as the URL of a server.</summary>
public static class ServerUrl
{
    /// <summary>What it has to be, in words.</summary>
    public const string Rule = "--url is a ws:// or wss:// URL, for example ws://localhost:8081/wss/caller.";

    /// <summary>Reads one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "ws" or "wss";

    /// <summary>Without its query, which may hold a token.</summary>
    public static string Show(Uri url) => url.GetLeftPart(UriPartial.Path);
}
