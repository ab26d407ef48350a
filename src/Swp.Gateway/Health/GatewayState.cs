using Swp.Gateway.Types;

namespace Swp.Gateway.Health;

/// <summary>Whether this gateway takes new work.</summary>
internal sealed class GatewayState(ClientTypeDirectory types)
{
    private volatile bool _draining;

    /// <summary>Whether it is going away.</summary>
    public bool IsDraining => _draining;

    /// <summary>Whether it takes new sockets and calls.</summary>
    public bool IsReady => !_draining && types.HasOwner;

    /// <summary>Why it does not, in words.</summary>
    public string Description => _draining ? "draining" : types.HasOwner ? "ready" : "no silo reachable";

    public void StartDraining() => _draining = true;
}
