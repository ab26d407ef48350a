using Swp.Relay;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The cluster has owners that take requests, until the test says otherwise.</summary>
internal sealed class TestPresence : IOwnerPresence
{
    public bool Any { get; set; } = true;
}
