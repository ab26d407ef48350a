using System.Net;
using Orleans.Runtime;

namespace Swp.Gateway.Tests.Kit;

/// <summary>Addresses of members that exist in these tests only.</summary>
internal static class Members
{
    public static readonly SiloAddress Gateway = SiloAddress.New(IPAddress.Loopback, 6001, 1);
    public static readonly SiloAddress Owner1 = Owner(1);
    public static readonly SiloAddress Owner2 = Owner(2);

    public static SiloAddress Owner(int number) => SiloAddress.New(IPAddress.Loopback, 5000 + number, 1);
}
