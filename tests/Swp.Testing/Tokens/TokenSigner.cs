using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Swp.Testing.Tokens;

/// <summary>Makes tokens as an issuer does, and as a forger does: header and claims are what the test says.</summary>
public sealed class TokenSigner : IDisposable
{
    private readonly Func<byte[], byte[]> _sign;
    private readonly IDisposable? _key;

    private TokenSigner(string algorithm, string? keyId, JsonObject jwk, string pem, Func<byte[], byte[]> sign, IDisposable? key)
    {
        (Algorithm, KeyId, Jwk, Pem, _sign, _key) = (algorithm, keyId, jwk, pem, sign, key);
        if (keyId is not null)
        {
            jwk["kid"] = keyId;
        }
    }

    public string Algorithm { get; }

    public string? KeyId { get; }

    /// <summary>The public key; the secret of HS256.</summary>
    public JsonObject Jwk { get; }

    /// <summary>The public key; nothing of a secret.</summary>
    public string Pem { get; }

    public static TokenSigner Rsa(string? keyId = null, int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        var key = rsa.ExportParameters(false);
        return new TokenSigner(
            "RS256",
            keyId,
            new JsonObject { ["kty"] = "RSA", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) },
            rsa.ExportSubjectPublicKeyInfoPem(),
            data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            rsa);
    }

    public static TokenSigner Ecdsa(string? keyId = null)
    {
        var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = ecdsa.ExportParameters(false).Q;
        return new TokenSigner(
            "ES256",
            keyId,
            new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) },
            ecdsa.ExportSubjectPublicKeyInfoPem(),
            data => ecdsa.SignData(data, HashAlgorithmName.SHA256),
            ecdsa);
    }

    public static TokenSigner Secret(byte[] secret, string? keyId = null) => new(
        "HS256",
        keyId,
        new JsonObject { ["kty"] = "oct", ["k"] = Base64Url.EncodeToString(secret) },
        "",
        data => HMACSHA256.HashData(secret, data),
        key: null);

    public static string Jwks(params IEnumerable<TokenSigner> signers) =>
        new JsonObject { ["keys"] = new JsonArray([.. signers.Select(signer => signer.Jwk.DeepClone())]) }.ToJsonString();

    /// <summary>A token with these claims.</summary>
    public string Token(JsonObject claims, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT" };
        if (KeyId is not null)
        {
            head["kid"] = KeyId;
        }

        header?.Invoke(head);
        return Sign($"{Encode(head.ToJsonString())}.{Encode(claims.ToJsonString())}");
    }

    /// <summary>The claims of a client that may connect for so long.</summary>
    public static JsonObject Claims(string id, DateTimeOffset expires, string type = "caller") =>
        new() { ["sub"] = id, ["swp_type"] = type, ["exp"] = expires.ToUnixTimeSeconds() };

    /// <summary>Signs what stands before the last dot.</summary>
    public string Sign(string unsigned) => $"{unsigned}.{Base64Url.EncodeToString(_sign(Encoding.ASCII.GetBytes(unsigned)))}";

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public void Dispose() => _key?.Dispose();
}
