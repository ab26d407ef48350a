using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Swp.Cli.Output;

/// <summary>JSON as people can read it too: nothing is escaped that need not be.</summary>
internal static class JsonText
{
    public static string Of<T>(T value, JsonSerializerContext context)
    {
        var options = new JsonSerializerOptions(context.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return JsonSerializer.Serialize(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }
}
