namespace Swp.Relay;

/// <summary>A client, as gateways see it. Keyed by <see cref="Clients.ClientKey.ToString"/>; the same grain as <see cref="Clients.IClientGrain"/>.</summary>
[Alias("swp.IClientAttachment")]
public interface IClientAttachment : IGrainWithStringKey
{
    /// <summary>Makes a connection the one that speaks for the client. The newest OPEN wins.</summary>
    [Alias("Attach")]
    [ResponseTimeout("00:00:30")]
    Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// The connection is gone, or was given up: it does not speak for the client, whatever an attach that is still under way would make of it.
    /// </summary>
    [Alias("Detach")]
    Task DetachAsync(SiloAddress gateway, long connectionId);
}
