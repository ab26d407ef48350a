using System.Globalization;

namespace Swp.Testing.Networks;

/// <summary>Addresses 10.A.B.0 to 10.A.B.255 that this machine does not use.</summary>
internal static class PrivateRange
{
    private const uint First = (10u << 24) | (200u << 16);
    private const uint Count = 50 * 256;
    private const uint Mask = 0xFFFF_FF00;

    /// <summary>The first three numbers of a free range.</summary>
    /// <param name="seed">Where the search begins: different for those who may search at the same time.</param>
    public static string Take(int seed)
    {
        var used = Routes().ToArray();
        for (var attempt = 0u; attempt < Count; attempt++)
        {
            var range = First + (((uint)seed + attempt) % Count << 8);
            if (!used.Any(route => Overlap(range, route)))
            {
                return $"{range >> 24}.{(range >> 16) & 255}.{(range >> 8) & 255}";
            }
        }

        throw new InvalidOperationException("There is no free range of addresses within 10.200.0.0 to 10.249.255.255.");
    }

    private static bool Overlap(uint range, (uint Destination, uint Mask) route)
    {
        var both = Mask & route.Mask;
        return (range & both) == (route.Destination & both);
    }

    // The default route leads everywhere and uses nothing.
    private static IEnumerable<(uint Destination, uint Mask)> Routes() =>
        from line in File.ReadLines("/proc/net/route").Skip(1)
        let fields = line.Split('\t', StringSplitOptions.TrimEntries)
        let route = (Destination: Read(fields[1]), Mask: Read(fields[7]))
        where route.Mask != 0
        select route;

    private static uint Read(string hex) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(uint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
