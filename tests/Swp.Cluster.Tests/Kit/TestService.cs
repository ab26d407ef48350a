using Swp.Grains.Services;

namespace Swp.Cluster.Tests.Kit;

/// <summary>Echoes.</summary>
[ClientType(Type, DisplayName = "Test")]
public sealed class TestService : ClientService
{
    public const string Type = "test";
}
