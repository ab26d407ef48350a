namespace Swp.Gateway.Pages;

/// <summary>Where the device page finds the clients' listener, on the host that it came from.</summary>
internal sealed record DeviceSettingsBody
{
    /// <summary>The listener's port.</summary>
    public required int Port { get; init; }

    /// <summary>Whether it speaks TLS.</summary>
    public required bool Secure { get; init; }
}
