using System.Net;
using Orleans.Runtime;

namespace Swp.Grains.Tests;

/// <summary>Addresses of members that exist in these tests only.</summary>
internal static class Members
{
    public static readonly SiloAddress Gateway1 = Gateway(1);
    public static readonly SiloAddress Gateway2 = Gateway(2);
    public static readonly SiloAddress Owner = SiloAddress.New(IPAddress.Loopback, 5001, 1);

    public static SiloAddress Gateway(int number) => SiloAddress.New(IPAddress.Loopback, 6000 + number, 1);
}
