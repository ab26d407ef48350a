using System.Text.Encodings.Web;
using System.Text.Json;

namespace Swp.Clinic.His;

/// <summary>How a hospital system's JSON is read and written.</summary>
internal static class HisJson
{
    // The generator's attribute has no member for the encoder, and names such as 阿莫西林 are to stay readable.
    public static readonly JsonSerializerOptions Options = new(HisJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = HisJsonContext.Default,
    };
}
