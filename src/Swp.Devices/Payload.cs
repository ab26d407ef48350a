using System.Text.Json;

namespace Swp.Devices;

/// <summary>The value of <see cref="Frame.Data"/>.</summary>
public static class Payload
{
    /// <summary>
    /// The value itself, or the value inside when it is a string that holds a JSON object or array: what a server originates comes in either form.
    /// </summary>
    public static JsonElement Unwrap(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.String || data.GetString()!.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return data;
        }

        try
        {
            return JsonElement.Parse(data.GetString()!);
        }
        catch (JsonException)
        {
            return data;
        }
    }
}
