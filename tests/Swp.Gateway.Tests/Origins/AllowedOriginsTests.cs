using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Swp.Cluster.Startup;
using Swp.Gateway.Origins;

namespace Swp.Gateway.Tests.Origins;

public sealed class AllowedOriginsTests
{
    [Fact]
    public void NoOrigin_IsAMachineAndAllowed()
    {
        Assert.True(AllowedOrigins.LoopbackOnly.Allows(StringValues.Empty));
        Assert.True(List("https://app.example.com").Allows(StringValues.Empty));
    }

    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://LOCALHOST", true)]
    [InlineData("http://127.0.0.1:8081", true)]
    [InlineData("http://127.9.9.9", true)]
    [InlineData("http://[::1]:5173", true)]
    [InlineData("http://[::ffff:7f00:1]", true)]
    [InlineData("https://example.com", false)]
    [InlineData("http://localhost.", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("http://example.com:localhost", false)]
    [InlineData("http://localhost@example.com", false)]
    [InlineData("http://localhost:80@example.com", false)]
    [InlineData("http://127.0.0.1.example.com", false)]
    [InlineData("http://127.1", false)]
    [InlineData("http://0x7f.0.0.1", false)]
    [InlineData("http://0177.0.0.1", false)]
    [InlineData("http://2130706433", false)]
    [InlineData("http://[0:0:0:0:0:0:0:1]", false)]
    [InlineData("http://[::1%25eth0]", false)]
    [InlineData("http://[::1", false)]
    [InlineData("http://::1", false)]
    [InlineData("http://0.0.0.0", false)]
    [InlineData("http://192.168.0.7", false)]
    [InlineData("capacitor://localhost", false)]
    [InlineData("file://", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("localhost", false)]
    public void Default_OnlyPagesOfThisMachine(string origin, bool allowed) => Assert.Equal(allowed, AllowedOrigins.LoopbackOnly.Allows(origin));

    [Theory]
    [InlineData("https://app.example.com", true)]
    [InlineData("HTTPS://App.Example.COM", true)]
    [InlineData("https://app.example.com:443", true)]
    [InlineData("https://app.example.com:444", false)]
    [InlineData("http://app.example.com", false)]
    [InlineData("http://app.example.com:443", false)]
    [InlineData("https://example.com", false)]
    [InlineData("https://other.example.com", false)]
    [InlineData("https://evil-app.example.com", false)]
    [InlineData("https://evilapp.example.com", false)]
    [InlineData("https://app.example.com.evil.org", false)]
    [InlineData("https://app.example.com.", false)]
    [InlineData("https://app.example.com/", false)]
    [InlineData("https://app.example.com/path", false)]
    [InlineData("https://app.example.com?", false)]
    [InlineData("https://app.example.com#", false)]
    [InlineData("https://evil.org#app.example.com", false)]
    [InlineData("https://user@app.example.com", false)]
    [InlineData("https://app.example.com:443:443", false)]
    [InlineData("https://app.example.com:", false)]
    [InlineData("https://app.example.com:0443", false)]
    [InlineData("https://app.example.com:99999", false)]
    [InlineData("https://app.example.com:+443", false)]
    [InlineData(" https://app.example.com", false)]
    [InlineData("https://app.example.com ", false)]
    [InlineData("https:/app.example.com", false)]
    [InlineData("https:\\\\app.example.com", false)]
    [InlineData("https://app.example.com\\@evil.org", false)]
    [InlineData("https://app.example.com%2eevil.org", false)]
    [InlineData("https://app.example.com\0.evil.org", false)]
    [InlineData("https://аpp.example.com", false)]
    [InlineData("https://app。example.com", false)]
    [InlineData("https://app.example.com https://evil.org", false)]
    [InlineData("https://app.example.com,https://evil.org", false)]
    [InlineData("https://localhost", false)]
    [InlineData("null", false)]
    public void AnEntry_IsOneOrigin(string origin, bool allowed) => Assert.Equal(allowed, List("https://app.example.com").Allows(origin));

    [Theory]
    [InlineData("https://a.example.com", true)]
    [InlineData("https://a.b.c.example.com", true)]
    [InlineData("https://A.EXAMPLE.com:443", true)]
    [InlineData("https://xn--bcher-kva.example.com", true)]
    [InlineData("https://example.com", false)]
    [InlineData("https://.example.com", false)]
    [InlineData("https://a..example.com", false)]
    [InlineData("https://evil-example.com", false)]
    [InlineData("https://evilexample.com", false)]
    [InlineData("https://example.com.evil.org", false)]
    [InlineData("https://a.example.com.evil.org", false)]
    [InlineData("https://a.example.com.", false)]
    [InlineData("https://a.example.com:8443", false)]
    [InlineData("http://a.example.com", false)]
    [InlineData("https://*.example.com", false)]
    [InlineData("https://evil.org/.example.com", false)]
    [InlineData("https://evil.org?.example.com", false)]
    [InlineData("https://evil.org:1.example.com", false)]
    [InlineData("https://evil.org%00.example.com", false)]
    [InlineData("https://[::1].example.com", false)]
    public void AWildcard_IsEverythingBelowADomain_AndNotTheDomain(string origin, bool allowed) => Assert.Equal(allowed, List("https://*.example.com").Allows(origin));

    [Theory]
    [InlineData("https://app.example.com:8443", "https://app.example.com:8443", true)]
    [InlineData("https://app.example.com:8443", "https://app.example.com", false)]
    [InlineData("https://app.example.com:443", "https://app.example.com", true)]
    [InlineData("http://localhost:*", "http://localhost:5173", true)]
    [InlineData("http://localhost:*", "http://localhost", true)]
    [InlineData("http://localhost:*", "https://localhost:5173", false)]
    [InlineData("https://*.example.com:*", "https://a.example.com:1", true)]
    [InlineData("https://*.example.com:8443", "https://a.example.com:8443", true)]
    [InlineData("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080", true)]
    [InlineData("http://[2001:DB8::1]:8080", "http://[2001:db8::1]:8080", true)]
    [InlineData("http://192.0.2.7", "http://192.0.2.7", true)]
    [InlineData("capacitor://localhost", "capacitor://localhost", true)]
    [InlineData("https://xn--bcher-kva.example", "https://xn--bcher-kva.example", true)]
    [InlineData("https://xn--bcher-kva.example", "https://bücher.example", false)]
    [InlineData("*", "https://anything.example", true)]
    [InlineData("*", "null", true)]
    [InlineData("*", "what is no origin", true)]
    public void Entries_OfEachKind(string entry, string origin, bool allowed) => Assert.Equal(allowed, List(entry).Allows(origin));

    [Theory]
    [InlineData("example.com")]
    [InlineData("https://")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com/path")]
    [InlineData("https://*")]
    [InlineData("https://*.com")]
    [InlineData("https://*.localhost")]
    [InlineData("https://*.*.example.com")]
    [InlineData("https://a*.example.com")]
    [InlineData("https://a.*.example.com")]
    [InlineData("https://*example.com")]
    [InlineData("https://*.192.0.2.7")]
    [InlineData("*://app.example.com")]
    [InlineData("https://app.example.com:1:*")]
    [InlineData("https://app.example.com:0")]
    [InlineData("https://bücher.example")]
    [InlineData("https://app.example.com.")]
    [InlineData("wss://app.example.com")]
    [InlineData("null")]
    [InlineData("**")]
    public void WhatIsNoEntry_StopsTheStart(string entry)
    {
        var refused = Assert.Throws<StartupException>(() => List("https://fine.example", entry));
        Assert.StartsWith($"Swp:AllowedOrigins = {entry}: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoHeaders_AreNone()
    {
        Assert.False(List("https://app.example.com").Allows(new StringValues(["https://app.example.com", "https://app.example.com"])));
        Assert.False(AllowedOrigins.LoopbackOnly.Allows(new StringValues(["http://localhost", "https://evil.org"])));
    }

    [Fact]
    public void AList_IsAnArrayOrATextWithCommas()
    {
        foreach (var origins in new[] { List("https://a.example", "https://b.example"), Read(("Swp:AllowedOrigins", "https://a.example, https://b.example")) })
        {
            Assert.True(origins.Allows("https://a.example"));
            Assert.True(origins.Allows("https://b.example"));
            Assert.False(origins.Allows("http://localhost"));
        }

        Assert.True(Read(("Swp:AllowedOrigins", "")).Allows("http://localhost"));
    }

    private static AllowedOrigins List(params string[] entries) => Read([.. entries.Select((entry, i) => ($"Swp:AllowedOrigins:{i}", entry))]);

    private static AllowedOrigins Read(params (string Name, string Value)[] settings) => AllowedOrigins.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build());
}
