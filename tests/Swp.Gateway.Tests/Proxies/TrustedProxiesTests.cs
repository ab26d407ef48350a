using System.Net;
using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;
using Swp.Gateway.Keys;
using Swp.Gateway.Proxies;
using Swp.Gateway.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Gateway.Tests.Proxies;

public sealed class TrustedProxiesTests
{
    /// <summary>Every connection of this test comes from 127.0.0.1: whether that is a listed proxy decides what its header is worth.</summary>
    [Theory]
    [InlineData(null, "203.0.113.7", "127.0.0.1")]
    [InlineData("10.0.0.0/8", "203.0.113.7", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.0/8, 10.0.0.0/8", "203.0.113.7", "203.0.113.7")]

    // What the client itself had put there stays without effect: only the proxies' own entries count.
    [InlineData("127.0.0.1", "10.9.9.9, 203.0.113.7", "203.0.113.7")]
    [InlineData("127.0.0.1,10.0.0.7", "8.8.8.8, 203.0.113.7, 10.0.0.7", "203.0.113.7")]
    [InlineData("127.0.0.1", "nonsense", "127.0.0.1")]
    [InlineData("127.0.0.1,10.0.0.0/8", "203.0.113.7,10.0.0.6,10.0.0.5,10.0.0.4,10.0.0.3,10.0.0.2,10.0.0.1", "10.0.0.5")]
    [InlineData("127.0.0.1", "2001:db8::7", "2001:db8::7")]
    public async Task AddressOfAClient_IsWhatAListedProxySays(string? proxies, string forwardedFor, string expected)
    {
        var key = KeygenCommand.NewKey();
        await using var gateway = await TestOperations.StartAsync([.. TestOperations.Key("operator", key, "admin"), ("Swp:TrustedProxies", proxies)]);
        await gateway.SendAsync(HttpMethod.Delete, "/api/v1/clients/caller/1/ban", ("X-Api-Key", key), ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", "https"));
        await Eventually.True(() => gateway.Audit.Length == 1);
        Assert.Equal($"Information: unban caller/1 by operator from {expected}: HTTP 204", gateway.Audit[0]);
    }

    [Fact]
    public async Task WithoutKeys_WhoComesThroughAProxyIsNotOfThisMachine()
    {
        await using var gateway = await TestOperations.StartAsync(("Swp:TrustedProxies", "127.0.0.1"));
        var answer = await gateway.SendAsync(HttpMethod.Delete, "/api/v1/clients/caller/1/ban", ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("Information: refused DELETE /api/v1/clients/caller/1/ban by anonymous from 203.0.113.7: not local, and there are no keys", Assert.Single(gateway.Audit));
    }

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.1,*")]
    public void AWrongEntry_IsNamed(string proxies) =>
        Assert.StartsWith("Swp:TrustedProxies = ", Assert.Throws<StartupException>(() => TrustedProxies.Read(Settings("Swp:TrustedProxies", proxies))).Message, StringComparison.Ordinal);

    /// <summary>The framework has a switch that believes every peer.</summary>
    [Fact]
    public void TrustingEverybody_IsRefused() =>
        Assert.Contains("believes every peer", Assert.Throws<StartupException>(() => TrustedProxies.Read(Settings("ForwardedHeaders_Enabled", "true"))).Message, StringComparison.Ordinal);

    private static IConfiguration Settings(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)value)]).Build();
}
