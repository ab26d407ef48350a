using Orleans.Runtime;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The gateway's own identity.</summary>
internal sealed class TestSilo : ILocalSiloDetails
{
    public string Name => "gateway1";

    public string ClusterId => "test";

    public string DnsHostName => "localhost";

    public SiloAddress SiloAddress => Members.Gateway;

    public SiloAddress GatewayAddress => Members.Gateway;
}
