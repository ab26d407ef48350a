namespace Swp.Samples.Common;

/// <summary>What a sample accepts as the URL of a server.</summary>
public static class UrlRule
{
    public static void Check(Uri? url, Action<string> addError)
    {
        if (url is not { IsAbsoluteUri: true, Scheme: "ws" or "wss" })
        {
            addError("--url is a ws:// or wss:// URL, for example ws://localhost:8081/wss/caller.");
        }
    }
}
