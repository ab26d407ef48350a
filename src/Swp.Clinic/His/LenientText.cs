using System.Text.Json;

namespace Swp.Clinic.His;

/// <summary>Text as the lenient converters read it.</summary>
internal static class LenientText
{
    public static string Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // The reader's way to say that an escape is half a surrogate pair: the client's mistake, not the server's.
            throw new JsonException(null, e);
        }
    }
}
