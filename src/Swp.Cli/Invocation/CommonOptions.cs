using System.CommandLine;
using Swp.Cli.Output;

namespace Swp.Cli.Invocation;

/// <summary>The options of every command.</summary>
internal sealed class CommonOptions
{
    public const string DefaultUrl = "http://127.0.0.1:8082";

    private const int ClientsPort = 8081;
    private const int MaxFileBytes = 64 * 1024;

    public Option<string?> Url { get; } = Common<string?>("--url", $"The operations address of a gateway; else SWP_URL, else {DefaultUrl}.", "URL");

    public Option<string?> WebSocketUrl { get; } = Common<string?>("--ws-url", "Where clients connect; else SWP_WS_URL, else port 8081 of the host of --url.", "URL");

    public Option<string?> Key { get; } = Common<string?>("--key", "The API key; else --key-file, else SWP_API_KEY. Others on the machine can see a command line.", "KEY");

    public Option<string?> KeyFile { get; } = Common<string?>("--key-file", "A file that holds the API key.", "FILE");

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON for programs.", Recursive = true };

    public IEnumerable<Option> All => [Url, WebSocketUrl, Key, KeyFile, Json];

    /// <summary>The operations address.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public Uri UrlOf(ParseResult arguments, CliConsole console)
    {
        var text = arguments.GetValue(Url) ?? console.Variable("SWP_URL") ?? DefaultUrl;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new UsageException($"--url is an http:// or https:// address, for example {DefaultUrl}.");
    }

    /// <summary>The clients' address, without a type.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public Uri WebSocketUrlOf(ParseResult arguments, CliConsole console)
    {
        var text = arguments.GetValue(WebSocketUrl) ?? console.Variable("SWP_WS_URL");
        if (text is null)
        {
            var operations = UrlOf(arguments, console);
            return new UriBuilder(operations.Scheme == "https" ? "wss" : "ws", operations.Host, ClientsPort).Uri;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss"
            ? url
            : throw new UsageException("--ws-url is a ws:// or wss:// address, for example ws://127.0.0.1:8081.");
    }

    /// <summary>The API key, which no message repeats.</summary>
    /// <exception cref="UsageException">The file cannot be read, or what is given is no key.</exception>
    public string? KeyOf(ParseResult arguments, CliConsole console)
    {
        var key = arguments.GetValue(Key)
            ?? (arguments.GetValue(KeyFile) is { } file ? ReadFile(file) : null)
            ?? (console.Variable("SWP_API_KEY") is { Length: > 0 } variable ? variable : null);
        return key is null || (key.Length > 0 && key.All(character => character is > ' ' and <= '~'))
            ? key
            : throw new UsageException("The API key has characters that no key has.");
    }

    /// <summary>What a file holds that has one line.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Length <= MaxFileBytes
                ? File.ReadAllText(path).Trim()
                : throw new UsageException($"{path} is too large to hold a key or a token.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be read: {e.Message}");
        }
    }

    private static Option<T> Common<T>(string name, string description, string help) => new(name) { Description = description, HelpName = help, Recursive = true };
}
