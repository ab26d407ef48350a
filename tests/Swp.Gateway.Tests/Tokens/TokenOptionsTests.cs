using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;
using Swp.Gateway.Tokens;
using Swp.Testing.Storage;

namespace Swp.Gateway.Tests.Tokens;

public sealed class TokenOptionsTests
{
    [Fact]
    public void Nothing_IsNoKeys() => Assert.False(Read().HasKeys);

    [Theory]
    [InlineData("https://issuer.example/jwks")]
    [InlineData("http://127.0.0.1:5000/jwks")]
    [InlineData("http://localhost/jwks")]
    public void JwksUrl_OverHttpsOrOnThisMachine(string url) =>
        Assert.True(Read(("Swp:Tokens:JwksUrl", url), ("Swp:Tokens:Issuer", "i"), ("Swp:Tokens:Audience", "a")).HasKeys);

    [Theory]
    [InlineData("Swp:Tokens:JwksUrl", "http://issuer.example/jwks", "https://")]
    [InlineData("Swp:Tokens:JwksUrl", "https://user:password@issuer.example/jwks", "without a user")]
    [InlineData("Swp:Tokens:JwksUrl", "jwks", "https://")]
    [InlineData("Swp:Tokens:JwksUrl", "file:///etc/passwd", "https://")]
    [InlineData("Swp:Tokens:JwksUrl", "https://issuer.example/jwks", "needs Swp:Tokens:Issuer and Swp:Tokens:Audience")]
    [InlineData("Swp:Tokens:ClockSkew", "01:00:00", "Swp:Tokens:ClockSkew")]
    [InlineData("Swp:Tokens:MinRefreshInterval", "00:00:00", "Swp:Tokens:MinRefreshInterval")]
    [InlineData("Swp:Tokens:TypeClaim", "", "Swp:Tokens:TypeClaim")]
    [InlineData("Swp:Tokens:Algorithm", "none", "Swp:Tokens:Algorithm: there is no such setting")]
    [InlineData("Swp:Types:his:Authentication", "token", "Swp:Types:his:Authentication = Token: there are no keys")]
    public void WhatCannotBe_StopsTheStart(string setting, string value, string words)
    {
        var refused = Assert.Throws<StartupException>(() => Read((setting, value)));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing here")]
    [InlineData(null)]
    public void AFileWithoutKeys_StopsTheStart(string? text)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "keys.pem");
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }

        var options = Read(("Swp:Tokens:KeyFile", path), ("Swp:Types:his:Authentication", "Token"));
        Assert.StartsWith($"Swp:Tokens:KeyFile = {path}: ", Assert.Throws<StartupException>(() => TokenKeys.SourcesOf(options, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    private static TokenOptions Read(params (string Name, string Value)[] settings) => TokenOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build());
}
