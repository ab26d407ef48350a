namespace Swp.Cli.Devices;

/// <summary>Where clients of a type connect.</summary>
internal static class DeviceUrl
{
    public static Uri Of(Uri server, string type) => new(server.AbsoluteUri.TrimEnd('/') + "/wss/" + type);
}
