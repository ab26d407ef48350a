using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Swp.Clients;
using Swp.Gateway.Diagnostics;
using Swp.Relay;

namespace Swp.Gateway.Tokens;

/// <summary>Decides whether a token lets its client in. Nothing of a token is logged.</summary>
internal sealed partial class TokenVerifier(TokenKeys keys, TokenOptions options, TimeProvider time, ILogger<TokenVerifier> logger)
{
    /// <summary>A token that is longer is none.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.HmacSha256];

    // The names of the owners' types bound it.
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxLength };
    private readonly LogPace _pace = new(time);

    /// <summary>The owners serve these types: says once of each that needs a token that none can be checked here.</summary>
    public void OnTypes(IEnumerable<ClientTypeDescription> types)
    {
        foreach (var type in types)
        {
            if (type.RequiresToken && !keys.IsConfigured && _warned.TryAdd(type.Name, true))
            {
                LogNoKeys(logger, type.Name);
            }
        }
    }

    /// <summary>
    /// Checks the token of a client. When it names a key that is unknown, the keys are read once more first: a refusal is never about keys older than the
    /// token's arrival.
    /// </summary>
    public async ValueTask<TokenVerdict> CheckAsync(string? token, ClientKey client)
    {
        var verdict = await CheckOnceAsync(token, client);
        if (!verdict.IsAccepted && _pace.TryTake(out var skipped))
        {
            LogRefused(logger, client, verdict.Fault, skipped);
        }

        return verdict;
    }

    private async ValueTask<TokenVerdict> CheckOnceAsync(string? token, ClientKey client)
    {
        if (!keys.IsConfigured)
        {
            return new TokenVerdict(TokenFault.NoKeys);
        }

        if (string.IsNullOrEmpty(token))
        {
            return new TokenVerdict(TokenFault.Missing);
        }

        if (!TryRead(token, out var jwt))
        {
            return new TokenVerdict(TokenFault.Malformed);
        }

        var (fault, mayHaveChanged) = await VerifyAsync(jwt);
        if (mayHaveChanged)
        {
            if (!await keys.ReadAgainAsync())
            {
                return new TokenVerdict(TokenFault.KeysUnavailable);
            }

            (fault, _) = await VerifyAsync(jwt);
        }

        return fault == TokenFault.None ? Judge(jwt, client) : new TokenVerdict(fault);
    }

    // Who made it is known from here on; what it says may still be anything.
    private TokenVerdict Judge(JsonWebToken jwt, ClientKey client)
    {
        try
        {
            var fault = FaultOfTime(jwt, out var expires, out var until);
            return fault == TokenFault.None ? JudgeClaims(Base64UrlEncoder.DecodeBytes(jwt.EncodedPayload), client, expires, until) : new TokenVerdict(fault);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or JsonException or InvalidOperationException)
        {
            return new TokenVerdict(TokenFault.Malformed);
        }
    }

    private TokenFault FaultOfTime(JsonWebToken jwt, out DateTimeOffset expires, out DateTimeOffset until)
    {
        expires = until = default;
        if (jwt.ValidTo == DateTime.MinValue)
        {
            return TokenFault.NoExpiry;
        }

        var now = time.GetUtcNow();
        expires = new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero);
        until = DateTimeOffset.MaxValue - expires > options.ClockSkew ? expires + options.ClockSkew : DateTimeOffset.MaxValue;
        if (now >= until)
        {
            return TokenFault.Expired;
        }

        return jwt.ValidFrom != DateTime.MinValue && new DateTimeOffset(jwt.ValidFrom, TimeSpan.Zero) - now > options.ClockSkew ? TokenFault.NotYetValid : TokenFault.None;
    }

    private TokenVerdict JudgeClaims(byte[] claims, ClientKey client, DateTimeOffset expires, DateTimeOffset until)
    {
        using var document = JsonDocument.Parse(claims);
        if (!document.RootElement.TryGetProperty("sub", out var subject) || !IsText(subject, client.Id))
        {
            return new TokenVerdict(TokenFault.WrongClient);
        }

        return document.RootElement.TryGetProperty(options.TypeClaim, out var types) && Names(types, client.Type)
            ? new TokenVerdict(TokenFault.None, new TokenFacts { Subject = client.Id, Expires = expires, Claims = JsonPayload.FromValidated(claims) }, until)
            : new TokenVerdict(TokenFault.WrongType);
    }

    /// <summary>Checks signature, issuer and audience.</summary>
    /// <returns>Also whether it may be otherwise with the keys as they are now.</returns>
    private async Task<(TokenFault Fault, bool MayHaveChanged)> VerifyAsync(JsonWebToken jwt)
    {
        var fitting = keys.Current.Where(key => key.Fits(jwt.Kid, jwt.Alg)).ToArray();
        if (fitting.Length == 0)
        {
            return (TokenFault.UnknownKey, true);
        }

        var result = await _handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            // Chosen above: what the token's header holds or points to is never looked at.
            IssuerSigningKeys = fitting.Select(key => key.Key),
            ValidAlgorithms = [fitting[0].Algorithm],
            TryAllIssuerSigningKeys = true,
            RequireSignedTokens = true,
            ValidateIssuer = options.Issuer is not null,
            ValidIssuer = options.Issuer,
            ValidateAudience = options.Audience is not null,
            ValidAudience = options.Audience,

            // By this process's clock, afterwards.
            ValidateLifetime = false,
            LogValidationExceptions = false,
        });
        return result switch
        {
            { IsValid: true } => (TokenFault.None, false),
            { Exception: SecurityTokenInvalidIssuerException } => (TokenFault.WrongIssuer, false),
            { Exception: SecurityTokenInvalidAudienceException } => (TokenFault.WrongAudience, false),
            _ => (TokenFault.BadSignature, fitting.Any(key => key.Id is null || string.IsNullOrEmpty(jwt.Kid))),
        };
    }

    private static bool TryRead(string token, out JsonWebToken jwt)
    {
        jwt = null!;
        if (token.Length > MaxLength)
        {
            return false;
        }

        try
        {
            jwt = new JsonWebToken(token);

            // What is critical in it and not understood must not be passed over (RFC 7515, 4.1.11).
            return jwt is { IsEncrypted: false, IsSigned: true } && Algorithms.Contains(jwt.Alg) && !jwt.TryGetHeaderValue<object>("crit", out _);
        }
        catch (Exception)
        {
            // Whatever the parser makes of what a stranger sent.
            return false;
        }
    }

    private static bool Names(JsonElement claim, string type) => claim.ValueKind == JsonValueKind.Array
        ? claim.EnumerateArray().Any(one => IsText(one, type))
        : IsText(claim, type);

    private static bool IsText(JsonElement claim, string text) => claim.ValueKind == JsonValueKind.String && claim.ValueEquals(text);

    [LoggerMessage(LogLevel.Warning, "The owners serve the type {Type}, whose clients need a token, and this gateway has no keys: it lets none of them in. Set Swp:Tokens:KeyFile, SecretFile or JwksUrl")]
    private static partial void LogNoKeys(ILogger logger, string type);

    [LoggerMessage(LogLevel.Information, "{Client} is not let in: {Fault} ({Skipped} more like it since the last such line)")]
    private static partial void LogRefused(ILogger logger, ClientKey client, TokenFault fault, long skipped);
}
