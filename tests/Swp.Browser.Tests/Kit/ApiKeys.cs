using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Kit;

/// <summary>API keys in the settings file of a server, changed while it runs.</summary>
internal sealed class ApiKeys
{
    private readonly SortedDictionary<string, (string Key, string Scopes)> _keys = new(StringComparer.Ordinal);

    /// <summary>Makes a key, or another one of the same name.</summary>
    public string Add(string name, string scopes)
    {
        var key = "swp_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _keys[name] = (key, scopes);
        return key;
    }

    /// <summary>Takes one away.</summary>
    public void Remove(string name) => _keys.Remove(name);

    /// <summary>Configures a server with them. It takes them up when the file changes.</summary>
    public async Task WriteAsync(SwpProcess server)
    {
        var path = Path.Combine(server.WorkingDirectory, "appsettings.json");
        var settings = new
        {
            Swp = new
            {
                ApiKeys = _keys.ToDictionary(
                    named => named.Key,
                    named => new { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(named.Value.Key))), named.Value.Scopes }),
            },
        };

        // Renamed into place: a server that looks sees the old file or the new one.
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(settings));
        File.Move(path + ".new", path, overwrite: true);
    }
}
