using System.Text;

namespace Swp.Bench.Load.Dialects;

/// <summary>Puts messages together and finds members in them. The contenders' own writers leave no blanks, so that a search will do.</summary>
internal static class Message
{
    /// <summary>The text between a marker and the next quotation mark.</summary>
    public static ReadOnlySpan<byte> After(ReadOnlySpan<byte> message, ReadOnlySpan<byte> marker)
    {
        var at = message.IndexOf(marker);
        if (at < 0)
        {
            throw new InvalidDataException($"No {Encoding.UTF8.GetString(marker)} in {Encoding.UTF8.GetString(message[..Math.Min(message.Length, 200)])}");
        }

        var rest = message[(at + marker.Length)..];
        return rest[..rest.IndexOf((byte)'"')];
    }

    /// <summary>Writes parts one behind the other.</summary>
    public static ReadOnlySpan<byte> Join(Span<byte> buffer, ReadOnlySpan<byte> first, ReadOnlySpan<byte> middle, ReadOnlySpan<byte> last)
    {
        first.CopyTo(buffer);
        middle.CopyTo(buffer[first.Length..]);
        last.CopyTo(buffer[(first.Length + middle.Length)..]);
        return buffer[..(first.Length + middle.Length + last.Length)];
    }
}
