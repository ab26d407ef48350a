#:sdk Microsoft.NET.Sdk.Web
// A registry on loopback whose only image is an empty base, for check.sh --container: dotnet run deploy/docker/empty-registry.cs PORT
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

var layer = new MemoryStream();
using (var tar = new TarWriter(layer, leaveOpen: true))
{
    tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "usr/"));
}

var packed = new MemoryStream();
using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
{
    gzip.Write(layer.ToArray());
}

// As the chiselled base has them, as far as they could get in the way.
var config = Encoding.UTF8.GetBytes($$"""
    {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/usr/bin","APP_UID=1654","ASPNETCORE_HTTP_PORTS=8080","DOTNET_RUNNING_IN_CONTAINER=true"],"User":"1654"},
     "rootfs":{"type":"layers","diff_ids":["{{DigestOf(layer.ToArray())}}"]},"history":[{"created_by":"empty"}]}
    """);
var manifest = Encoding.UTF8.GetBytes($$"""
    {"schemaVersion":2,"mediaType":"{{ManifestType}}",
     "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":{{config.Length}},"digest":"{{DigestOf(config)}}"},
     "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip","size":{{packed.Length}},"digest":"{{DigestOf(packed.ToArray())}}"}]}
    """);
byte[][] blobs = [config, packed.ToArray()];

var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapMethods("/v2/", ["GET", "HEAD"], () => Results.Text("{}", "application/json"));
app.MapMethods("/v2/{**path}", ["GET", "HEAD"], (string path, HttpContext context) =>
{
    var found = path.Contains("/manifests/", StringComparison.Ordinal) ? manifest : blobs.FirstOrDefault(blob => path.EndsWith($"/blobs/{DigestOf(blob)}", StringComparison.Ordinal));
    if (found is null)
    {
        return Results.NotFound();
    }

    context.Response.Headers["Docker-Content-Digest"] = DigestOf(found);
    return Results.Bytes(found, found == manifest ? ManifestType : "application/octet-stream");
});
await app.RunAsync();

static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
