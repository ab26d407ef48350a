using System.Text;

namespace Swp.Fuzz.Engine;

/// <summary>Makes an input that is a little different from those that are known.</summary>
internal sealed class Mutator(Random random)
{
    private const int MaxLength = 4096;
    private const int MaxSteps = 6;
    private const int MaxPiece = 64;

    // What a JSON reader and the protocol look at: found one byte at a time they would take for ever.
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\\"", "\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "null", "true", "false", "0", "-0", "-", "1e400", "e", ".",
            " ", "\n", "\0", "\u00ff", "\u00ed\u00a0\u0080", "\u00c3\u00a9", "\u00f0\u009f\u0098\u0080", "/", "%2F", "%00", "%E5", "?", "://", "..",
            "\"sessionType\":\"0000\",", "\"sessionType\":\"0001\",", "\"sessionType\":\"0002\",", "\"sessionType\":\"0003\",", "\"data\":", "\"uuid\":", "\"code\":", "\"msg\":",
            "\"clientId\":", "\"token\":", "\"heartbeatReply\":", "\"timeoutMs\":", "\"waitForConnectMs\":", "\"idempotent\":", "\"until\":", "\"2030-01-02T03:04:05Z\"",
            "\"reason\":", "\"clinicId\":", "\"callCode\":", "caller", "[[[[[[[[", "]]]]]]]]", "{\"a\":", "99999999999999999999", "0123456789abcdef0123456789abcdef",
        }.Select(Encoding.Latin1.GetBytes),
    ];

    /// <summary>Changes an input at some places; another one lends pieces.</summary>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = input;
        for (var steps = random.Next(1, MaxSteps); steps > 0; steps--)
        {
            bytes = Step(bytes, other);
        }

        return bytes.Length <= MaxLength ? bytes : bytes[..MaxLength];
    }

    private byte[] Step(byte[] bytes, byte[] other)
    {
        var at = random.Next(bytes.Length + 1);
        var end = Math.Min(bytes.Length, at + random.Next(MaxPiece));
        return random.Next(9) switch
        {
            0 when at < bytes.Length => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
            1 when at < bytes.Length => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
            2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            3 => [.. bytes[..at], .. bytes[end..]],
            4 => [.. bytes[..at], .. bytes[at..end], .. bytes[at..]],
            5 => [.. bytes[..at], .. Piece(other), .. bytes[at..]],
            6 => [.. bytes[..at], .. Piece(other)],
            7 => bytes[..at],
            _ => [.. bytes[..at], .. Tokens[random.Next(Tokens.Length)], .. bytes[at..]],
        };
    }

    private byte[] Piece(byte[] other)
    {
        var from = random.Next(other.Length + 1);
        return other[from..Math.Min(other.Length, from + random.Next(MaxPiece))];
    }
}
