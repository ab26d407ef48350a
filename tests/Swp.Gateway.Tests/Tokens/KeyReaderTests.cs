using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Swp.Gateway.Tokens;
using Swp.Testing.Tokens;

namespace Swp.Gateway.Tests.Tokens;

public sealed class KeyReaderTests
{
    private static readonly TokenSigner Rsa = TokenSigner.Rsa("rsa-1");
    private static readonly TokenSigner Ecdsa = TokenSigner.Ecdsa("ec-1");
    private static readonly TokenSigner Secret = TokenSigner.Secret(RandomNumberGenerator.GetBytes(32), "secret-1");

    [Fact]
    public void Pem_KeysAndCertificatesOneAfterAnother_EachWithItsOneAlgorithm()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=issuer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using var signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ecdsaCertificate = new CertificateRequest("CN=issuer", signer, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var text = $"# our keys\n{Rsa.Pem}\n\n{Ecdsa.Pem}\n{certificate.ExportCertificatePem()}\n{key.ExportRSAPublicKeyPem()}\n{ecdsaCertificate.ExportCertificatePem()}\n";

        Assert.Equal(["RS256", "ES256", "RS256", "RS256", "ES256"], KeyReader.ReadFile(text).Select(one => one.Algorithm));
        Assert.All(KeyReader.ReadFile(text), one => Assert.Null(one.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret of at least thirty-two characters")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[7]}")]
    [InlineData("{\"keys\":{\"kty\":\"RSA\"}}")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}")]
    [InlineData("{\"kty\":\"RSA\",\"n\":\"***\",\"e\":\"AQAB\"}")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}")]
    [InlineData("{\"kty\":\"oct\",\"k\":\"AQAB\"}")]
    public void File_WithoutAUsableKey_IsRefusedInWords(string text) => Assert.NotEmpty(Assert.Throws<KeyException>(() => KeyReader.ReadFile(text)).Message);

    [Fact]
    public void File_PrivateKeys_AreRefused()
    {
        using var rsa = RSA.Create(2048);
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jwk = Rsa.Jwk.DeepClone().AsObject();
        jwk["d"] = "AQAB";
        foreach (var text in new[] { rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem(), ecdsa.ExportECPrivateKeyPem(), $"{Rsa.Pem}\n{ecdsa.ExportPkcs8PrivateKeyPem()}", jwk.ToJsonString() })
        {
            Assert.Equal("it holds a private key: a gateway needs only the public one.", Assert.Throws<KeyException>(() => KeyReader.ReadFile(text)).Message);
        }
    }

    [Fact]
    public void File_WeakKeys_AreRefused()
    {
        using var weak = TokenSigner.Rsa(bits: 1024);
        using var otherCurve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var text in new[] { weak.Pem, weak.Jwk.ToJsonString(), otherCurve.ExportSubjectPublicKeyInfoPem() })
        {
            Assert.Throws<KeyException>(() => KeyReader.ReadFile(text));
        }
    }

    [Fact]
    public void Jwks_WhatIsNotForVerifyingTheThreeAlgorithms_IsPassedOver()
    {
        var encryption = Rsa.Jwk.DeepClone().AsObject();
        encryption["use"] = "enc";
        var wrap = Rsa.Jwk.DeepClone().AsObject();
        wrap["key_ops"] = new JsonArray("wrapKey");
        var otherAlgorithm = Rsa.Jwk.DeepClone().AsObject();
        otherAlgorithm["alg"] = "PS256";
        var confused = Rsa.Jwk.DeepClone().AsObject();
        confused["alg"] = "HS256";
        var offCurve = Ecdsa.Jwk.DeepClone().AsObject();
        offCurve["y"] = offCurve["x"]!.DeepClone();
        var fine = Rsa.Jwk.DeepClone().AsObject();
        (fine["use"], fine["alg"], fine["kid"], fine["more"]) = ("sig", "RS256", "fine", 7);
        var set = new JsonObject { ["keys"] = new JsonArray(encryption, wrap, otherAlgorithm, confused, offCurve, new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = "AQAB" }, fine, Ecdsa.Jwk.DeepClone()) };

        Assert.Equal([("fine", "RS256"), ("ec-1", "ES256")], KeyReader.ReadJwks(set.ToJsonString(), published: true).Select(key => (key.Id!, key.Algorithm)));
    }

    [Fact]
    public void Jwks_ASecret_IsOneInAFileAndNoneWhenItIsPublished()
    {
        Assert.Equal("HS256", Assert.Single(KeyReader.ReadFile(Secret.Jwk.ToJsonString())).Algorithm);
        Assert.Throws<KeyException>(() => KeyReader.ReadJwks(TokenSigner.Jwks(Secret), published: true));
        Assert.Equal("RS256", Assert.Single(KeyReader.ReadJwks(TokenSigner.Jwks(Secret, Rsa), published: true)).Algorithm);
    }

    [Fact]
    public void Secret_IsTheTextWithoutTheSpaceAroundIt() =>
        Assert.Equal("HS256", Assert.Single(KeyReader.ReadSecret(" 0123456789abcdef0123456789ABCDEF\r\n")).Algorithm);

    [Fact]
    public void Secret_ThatIsShortOrSomethingElse_IsRefused()
    {
        var bareKey = string.Concat(Rsa.Pem.Split('\n')[1..^1]);
        var bareEcdsa = string.Concat(Ecdsa.Pem.Split('\n')[1..^1]);
        foreach (var text in new[] { "", "0123456789abcdef0123456789ABCDE", "a secret with spaces that is long enough", "密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥密钥", Rsa.Pem, Rsa.Jwk.ToJsonString(), bareKey, bareEcdsa })
        {
            Assert.DoesNotContain("0123456789", Assert.Throws<KeyException>(() => KeyReader.ReadSecret(text)).Message, StringComparison.Ordinal);
        }
    }
}
