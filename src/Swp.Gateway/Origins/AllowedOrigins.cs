using Microsoft.Extensions.Primitives;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Origins;

/// <summary>
/// Which pages may connect: browsers say in <c>Origin</c> whose script asks. Machines send none, and can say whatever they like: this protects people,
/// whose browser would be made to speak for them, and not the server.
/// </summary>
[SettingsOf(SettingReader.Gateway)]
internal sealed class AllowedOrigins
{
    /// <summary>Whose pages may connect. The default is pages of this machine.</summary>
    [Setting("list", Range = "`https://app.example.com`, `https://*.example.com`, `http://localhost:*`, `*`", Default = "pages of this machine")]
    public const string Setting = "Swp:AllowedOrigins";

    /// <summary>What holds unless configuration says otherwise.</summary>
    public static readonly AllowedOrigins LoopbackOnly = new([]);

    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    private readonly OriginPattern[] _patterns;

    private AllowedOrigins(OriginPattern[] patterns) => _patterns = patterns;

    /// <summary>Reads the allow-list.</summary>
    /// <exception cref="StartupException">An entry is no pattern.</exception>
    public static AllowedOrigins Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        var entries = section.GetChildren().Select(child => child.Value).Append(section.Value)
            .SelectMany(value => (value ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries));
        return new AllowedOrigins([.. entries.Select(Parse)]);
    }

    /// <summary>Whether a request with this <c>Origin</c> may connect.</summary>
    public bool Allows(StringValues header)
    {
        if (header.Count == 0)
        {
            return true;
        }

        // Of two that differ it could be either.
        Origin? origin = header.Count == 1 && Origin.TryParse(header[0] ?? "", out var parsed) ? parsed : null;
        return _patterns.Length == 0 ? origin?.IsLoopback == true : _patterns.Any(pattern => pattern.Matches(origin));
    }

    private static OriginPattern Parse(string entry)
    {
        try
        {
            return OriginPattern.Parse(entry);
        }
        catch (FormatException e)
        {
            throw new StartupException($"{Setting} = {entry}: {e.Message}", e);
        }
    }
}
