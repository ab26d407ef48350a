namespace Swp.Relay;

/// <summary>A client, as gateways see it. Keyed by <see cref="Clients.ClientKey.ToString"/>; the same grain as <see cref="Clients.IClientGrain"/>.</summary>
[Alias("swp.IClientAttachment")]
public interface IClientAttachment : IGrainWithStringKey
{
    /// <summary>Makes a connection the one that speaks for the client. The newest OPEN wins.</summary>
    [Alias("Attach")]
    [ResponseTimeout("00:00:30")]
    Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellationToken);

    /// <summary>Ends an attachment whose owner moved before it heard that the connection was closed.</summary>
    [Alias("Detach")]
    Task DetachAsync(long connectionId, long epoch);
}
