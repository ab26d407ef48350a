using System.Text;
using System.Text.Json;
using Swp.Cli.Invocation;

namespace Swp.Cli.Parsing;

/// <summary>The data of a call: JSON as an argument, <c>@FILE</c>, or <c>-</c> for standard input.</summary>
internal static class JsonData
{
    public const string Help = "JSON; @FILE reads it from a file, - from standard input. Left out: no data.";

    /// <summary>The JSON text, or nothing.</summary>
    /// <exception cref="UsageException">It is none, or cannot be read.</exception>
    public static async Task<string?> ReadAsync(string? text, TextReader input, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            return null;
        }

        var (source, json) = text switch
        {
            "-" or "@-" => ("standard input", await input.ReadToEndAsync(cancellationToken)),
            ['@', .. var file] => (file, await ReadFileAsync(file, cancellationToken)),
            _ => ("DATA", text),
        };
        try
        {
            using var document = JsonDocument.Parse(json);
            return json;
        }
        catch (JsonException e)
        {
            throw new UsageException($"{source} is no JSON ({Place(e)}). A text has quotes around it: '\"{(json.Length is > 0 and < 20 && !json.Contains('"', StringComparison.Ordinal) ? json.Trim() : "hello")}\"'.");
        }
    }

    /// <summary>Reads a line that a person typed: JSON, or any text, which then is a JSON string.</summary>
    public static JsonElement OfLine(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return JsonElement.Parse($"\"{JsonEncodedText.Encode(line)}\"");
        }
    }

    private static string Place(JsonException e) => $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";

    private static async Task<string> ReadFileAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, Encoding.UTF8, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
    }
}
