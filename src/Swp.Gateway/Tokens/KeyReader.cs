using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Swp.Gateway.Tokens;

/// <summary>
/// Texts that hold keys. Each key gets its one algorithm here, by its kind: a public key is never taken for a secret, whatever a token says.
/// </summary>
internal static class KeyReader
{
    private const int MaxKeys = 100;
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 16384;
    private const int MinSecretBytes = 32;

    private const string NoUsableKey = "there is no usable key: RSA of 2,048 bits or more for RS256, P-256 for ES256.";

    /// <summary>Reads a file of public keys: PEM, a JWK or a JWKS.</summary>
    /// <exception cref="KeyException">It holds none.</exception>
    public static VerificationKey[] ReadFile(string text) =>
        text.AsSpan().TrimStart() is ['{', ..] ? ReadJwks(text, published: false) : PemKeys.Read(text);

    /// <summary>Reads a JWKS, or a single JWK. What is not for verifying one of the three algorithms is passed over.</summary>
    /// <param name="json">The document.</param>
    /// <param name="published">Whether everybody can read it: then no secret in it is one.</param>
    /// <exception cref="KeyException">It holds no usable key.</exception>
    public static VerificationKey[] ReadJwks(string json, bool published)
    {
        IList<JsonWebKey> keys;
        try
        {
            keys = JsonWebKeySet.Create(json).Keys;
            keys = keys.Count > 0 ? keys : [JsonWebKey.Create(json)];
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new KeyException("it is no JWKS.", e);
        }

        if (keys.Count > MaxKeys)
        {
            throw new KeyException($"it holds more than {MaxKeys} keys.");
        }

        if (!published && keys.Any(IsPrivate))
        {
            throw new KeyException("it holds a private key: a gateway needs only the public one.");
        }

        var usable = keys.Select(key => TryRead(key, published)).OfType<VerificationKey>().ToArray();
        return usable.Length > 0 ? usable : throw new KeyException(NoUsableKey);
    }

    /// <summary>Reads the shared secret of HS256: the text itself, without the white space around it.</summary>
    /// <exception cref="KeyException">It is too short, or looks like something else.</exception>
    public static VerificationKey[] ReadSecret(string text)
    {
        var secret = text.Trim();
        if (secret.AsSpan().ContainsAnyExceptInRange('!', '~') || secret.StartsWith('{') || secret.Contains("-----", StringComparison.Ordinal))
        {
            throw new KeyException("expected a secret of printable ASCII without spaces; PEM and JWKS belong into KeyFile.");
        }

        if (IsPublicKey(secret))
        {
            throw new KeyException("it is a public key: everybody who has it could sign tokens. It belongs into KeyFile, as PEM.");
        }

        return secret.Length >= MinSecretBytes
            ? [OfSecret(id: null, Encoding.ASCII.GetBytes(secret))]
            : throw new KeyException($"a secret has at least {MinSecretBytes} characters.");
    }

    /// <summary>An RSA key for RS256, or <see langword="null"/> when it is too short, too long or none.</summary>
    public static VerificationKey? OfRsa(string? id, RSAParameters parameters)
    {
        var bits = (parameters.Modulus?.Length ?? 0) * 8;
        if (bits is < MinRsaBits or > MaxRsaBits)
        {
            return null;
        }

        try
        {
            using var rsa = RSA.Create(parameters);
            return rsa.KeySize < MinRsaBits ? null : new VerificationKey(id, SecurityAlgorithms.RsaSha256, new JsonWebKey
            {
                Kty = JsonWebAlgorithmsKeyTypes.RSA,
                Kid = id,
                N = Base64UrlEncoder.Encode(parameters.Modulus),
                E = Base64UrlEncoder.Encode(parameters.Exponent),
            });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A P-256 key for ES256, or <see langword="null"/> when it is another curve's or none.</summary>
    public static VerificationKey? OfEcdsa(string? id, ECParameters parameters)
    {
        try
        {
            // Checks that the point is on the curve.
            using var ecdsa = ECDsa.Create(parameters);
            return ecdsa.ExportParameters(false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value ? null : new VerificationKey(id, SecurityAlgorithms.EcdsaSha256, new JsonWebKey
            {
                Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
                Kid = id,
                Crv = JsonWebKeyECTypes.P256,
                X = Base64UrlEncoder.Encode(parameters.Q.X),
                Y = Base64UrlEncoder.Encode(parameters.Q.Y),
            });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static VerificationKey OfSecret(string? id, byte[] secret) =>
        new(id, SecurityAlgorithms.HmacSha256, new SymmetricSecurityKey(secret) { KeyId = id });

    private static VerificationKey? TryRead(JsonWebKey key, bool published)
    {
        var id = string.IsNullOrEmpty(key.Kid) ? null : key.Kid;
        if (key.Use is not (null or "" or "sig") || (key.KeyOps.Count > 0 && !key.KeyOps.Contains("verify")))
        {
            return null;
        }

        try
        {
            var read = key.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.RSA when !IsPrivate(key) => OfRsa(id, new RSAParameters { Modulus = Bytes(key.N), Exponent = Bytes(key.E) }),
                JsonWebAlgorithmsKeyTypes.EllipticCurve when !IsPrivate(key) && key.Crv == JsonWebKeyECTypes.P256 =>
                    OfEcdsa(id, new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(key.X), Y = Bytes(key.Y) } }),
                JsonWebAlgorithmsKeyTypes.Octet when !published && Bytes(key.K) is { Length: >= MinSecretBytes } secret => OfSecret(id, secret),
                _ => null,
            };
            return string.IsNullOrEmpty(key.Alg) || key.Alg == read?.Algorithm ? read : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // The library wants all parts of an RSA key to call it private; one gives it away.
    private static bool IsPrivate(JsonWebKey key) => key.Kty != JsonWebAlgorithmsKeyTypes.Octet && !string.IsNullOrEmpty(key.D);

    private static byte[] Bytes(string? base64Url) => Base64UrlEncoder.DecodeBytes(base64Url ?? "");

    // As consoles show it: PEM without its first and last line.
    private static bool IsPublicKey(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        try
        {
            _ = PublicKey.CreateFromSubjectPublicKeyInfo(bytes.AsSpan(0, length), out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
