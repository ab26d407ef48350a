using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Swp.Devices;

/// <summary>Frames to bytes and back.</summary>
internal static class FrameCodec
{
    private static readonly FrameJsonContext Json = new(new JsonSerializerOptions(FrameJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Encode(Frame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, Json.Frame);

    public static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Frame? frame)
    {
        try
        {
            frame = JsonSerializer.Deserialize(utf8, Json.Frame);
        }
        catch (JsonException)
        {
            frame = null;
        }

        return frame is not null;
    }
}
