using System.ComponentModel.DataAnnotations;
using Swp.Cluster.Startup;

namespace Swp.Gateway.Tokens;

/// <summary>How a gateway checks the tokens of types whose <c>Authentication</c> is <c>Token</c>: the section <c>Swp:Tokens</c>.</summary>
[SettingsOf(SettingReader.Gateway, Section)]
internal sealed class TokenOptions
{
    public const string Section = "Swp:Tokens";

    private const string UrlRule = "https://…, or http:// on loopback, without a user";
    private const string Types = "Swp:Types";

    private static readonly string[] Names = [.. typeof(TokenOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];

    /// <summary>A file of public keys: PEM, a JWK or a JWKS.</summary>
    [Setting("path")]
    public string? KeyFile { get; set; }

    /// <summary>A file that holds the shared secret of HS256 and nothing else.</summary>
    [Setting("path", Range = "32 characters or more")]
    public string? SecretFile { get; set; }

    /// <summary>Where a JWKS is published.</summary>
    [Setting("URL", Range = UrlRule)]
    public string? JwksUrl { get; set; }

    /// <summary>The <c>iss</c> a token must have. Required with <see cref="JwksUrl"/>.</summary>
    [Setting("text", Default = "none: not looked at")]
    public string? Issuer { get; set; }

    /// <summary>What a token's <c>aud</c> must name. Required with <see cref="JwksUrl"/>.</summary>
    [Setting("text", Default = "none: not looked at")]
    public string? Audience { get; set; }

    /// <summary>The claim that names the client's type, or several in an array. The default is <c>swp_type</c>.</summary>
    [Setting("text"), Required]
    public string TypeClaim { get; set; } = "swp_type";

    /// <summary>How far the issuer's clock may be off: 0 to 10 min; the default is 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often keys are read again: 10 s to 1 d; the default is 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after they were read they are not read again, whoever asks: 1 s to 30 s; the default is 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    public TimeSpan MinRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether there are keys.</summary>
    public bool HasKeys => KeyFile is not null || SecretFile is not null || JwksUrl is not null;

    /// <summary>Reads and checks the section.</summary>
    /// <exception cref="StartupException">A setting breaks its rule, or a type of this process needs tokens and there are no keys.</exception>
    public static TokenOptions Read(IConfiguration configuration)
    {
        var unknown = configuration.GetSection(Section).GetChildren().FirstOrDefault(setting => !Names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
        {
            throw new StartupException($"{unknown.Path}: there is no such setting. There are: {string.Join(", ", Names.Order())}.");
        }

        var options = Settings.Read<TokenOptions>(configuration, Section);
        options.CheckUrl();

        // Of standalone, and of gateways that share their environment with owners; of others the types are heard from the owners.
        var type = options.HasKeys ? null : configuration.GetSection(Types).GetChildren().FirstOrDefault(type => string.Equals(type["Authentication"], "Token", StringComparison.OrdinalIgnoreCase));
        return type is null
            ? options
            : throw new StartupException($"{type.Path}:Authentication = Token: there are no keys to check tokens with. Set {Section}:KeyFile, {Section}:SecretFile or {Section}:JwksUrl.");
    }

    private void CheckUrl()
    {
        if (JwksUrl is null)
        {
            return;
        }

        if (!Uri.TryCreate(JwksUrl, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) || url.UserInfo.Length > 0)
        {
            throw new StartupException($"{Section}:JwksUrl: expected {UrlRule}. Whoever can change what is read there can sign tokens.");
        }

        if (string.IsNullOrEmpty(Issuer) || string.IsNullOrEmpty(Audience))
        {
            throw new StartupException($"{Section}:JwksUrl needs {Section}:Issuer and {Section}:Audience: who publishes keys signs tokens for others too.");
        }
    }
}
