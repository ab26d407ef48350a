using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Swp.Gateway.Tokens;

/// <summary>Public keys and certificates in PEM, one after another. They have no id and are tried for every token of their algorithm.</summary>
internal static class PemKeys
{
    /// <summary>Reads them.</summary>
    /// <exception cref="KeyException">There is none, one is private, or one is of no use.</exception>
    public static VerificationKey[] Read(string text)
    {
        var keys = new List<VerificationKey>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                throw new KeyException("it holds a private key: a gateway needs only the public one.");
            }

            if (label is "PUBLIC KEY" or "RSA PUBLIC KEY" or "CERTIFICATE")
            {
                keys.Add(ReadOne(label, rest[fields.Location]) ?? throw new KeyException("a key is neither RSA of 2,048 bits or more nor P-256."));
            }

            rest = rest[fields.Location.End..];
        }

        return keys.Count > 0 ? [.. keys] : throw new KeyException("there is no public key in it: expected PEM, a JWK or a JWKS. A shared secret belongs into SecretFile.");
    }

    private static VerificationKey? ReadOne(string label, ReadOnlySpan<char> pem)
    {
        try
        {
            if (label == "RSA PUBLIC KEY")
            {
                using var rsa = RSA.Create();
                rsa.ImportFromPem(pem);
                return KeyReader.OfRsa(id: null, rsa.ExportParameters(false));
            }

            if (label == "CERTIFICATE")
            {
                using var certificate = X509Certificate2.CreateFromPem(pem);
                return Of(certificate.PublicKey);
            }

            PemEncoding.TryFind(pem, out var fields);
            var der = Convert.FromBase64String(pem[fields.Base64Data].ToString());
            return Of(PublicKey.CreateFromSubjectPublicKeyInfo(der, out _));
        }
        catch (CryptographicException e)
        {
            throw new KeyException("a key in it is damaged.", e);
        }
    }

    private static VerificationKey? Of(PublicKey key)
    {
        using var rsa = key.GetRSAPublicKey();
        if (rsa is not null)
        {
            return KeyReader.OfRsa(id: null, rsa.ExportParameters(false));
        }

        using var ecdsa = key.GetECDsaPublicKey();
        return ecdsa is null ? null : KeyReader.OfEcdsa(id: null, ecdsa.ExportParameters(false));
    }
}
