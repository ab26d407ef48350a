using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Swp.Gateway.Admission;

/// <summary>The addresses that count as one client's: an IPv4 address, or the 64 bits of an IPv6 network, of which one customer has all addresses.</summary>
internal readonly record struct AddressGroup(AddressFamily Family, ulong Network)
{
    public static AddressGroup Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new AddressGroup(AddressFamily.InterNetwork, BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : new AddressGroup(AddressFamily.InterNetworkV6, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
