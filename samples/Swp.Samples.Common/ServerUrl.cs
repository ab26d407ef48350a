using System.Diagnostics.CodeAnalysis;

namespace Swp.Samples.Common;

/// <summary>What a sample accepts as the URL of a server.</summary>
public static class ServerUrl
{
    public const string Rule = "--url is a ws:// or wss:// URL, for example ws://localhost:8081/wss/caller.";

    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "ws" or "wss";

    /// <summary>Without its query, which may hold a token.</summary>
    public static string Show(Uri url) => url.GetLeftPart(UriPartial.Path);
}
