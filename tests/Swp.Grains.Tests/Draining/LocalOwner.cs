using Orleans.Runtime;

namespace Swp.Grains.Tests.Draining;

/// <summary>The member that the tests are about.</summary>
internal sealed class LocalOwner : ILocalSiloDetails
{
    public string Name => "owner";

    public string ClusterId => "test";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress => Members.Owner;

    public SiloAddress GatewayAddress => Members.Owner;
}
