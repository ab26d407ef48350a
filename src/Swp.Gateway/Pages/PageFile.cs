using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Swp.Gateway.Pages;

/// <summary>A file of a page, as it is served.</summary>
internal sealed class PageFile
{
    private const string Index = "/index.html";

    /// <param name="path">The path in the folder <c>Web</c>, with slashes.</param>
    /// <param name="content">What it holds.</param>
    /// <exception cref="InvalidOperationException">It is of a kind that pages do not have.</exception>
    public PageFile(string path, byte[] content)
    {
        var whole = "/" + path;

        // A folder's index is the page itself.
        Path = whole.EndsWith(Index, StringComparison.Ordinal) ? whole[..^(Index.Length - 1)] : whole;
        ContentType = System.IO.Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            var kind => throw new InvalidOperationException($"{path}: pages have no files of the kind {kind}."),
        };
        Content = content;
        Tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
    }

    /// <summary>Where it is served: <c>/device/</c>, <c>/device/device.js</c>.</summary>
    public string Path { get; }

    public string ContentType { get; }

    public byte[] Content { get; }

    /// <summary>Changes with the content.</summary>
    public EntityTagHeaderValue Tag { get; }
}
