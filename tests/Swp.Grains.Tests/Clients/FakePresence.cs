using Swp.Relay;

namespace Swp.Grains.Tests.Clients;

/// <summary>The cluster has owners, until the test says otherwise.</summary>
internal sealed class FakePresence : IOwnerPresence
{
    public bool Any { get; set; } = true;
}
