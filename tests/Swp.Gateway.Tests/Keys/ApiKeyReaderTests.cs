using Microsoft.Extensions.Configuration;
using Swp.Cluster.Startup;
using Swp.Gateway.Keys;

namespace Swp.Gateway.Tests.Keys;

public sealed class ApiKeyReaderTests
{
    private static readonly string Key = KeygenCommand.NewKey();
    private static readonly string Hex = Convert.ToHexStringLower(ApiKeySet.HashOf(Key));

    [Fact]
    public void NoKeys_IsAnEmptySet() => Assert.True(Read().IsEmpty);

    [Fact]
    public void Hash_InHexAndBase64_IsRead()
    {
        var base64 = Convert.ToBase64String(ApiKeySet.HashOf(Key));
        foreach (var hash in new[] { Hex, Hex.ToUpperInvariant(), base64, base64.TrimEnd('='), $" {Hex}\n" })
        {
            Assert.Equal("backend", Read(("backend:Hash", hash), ("backend:Scopes", "call")).Find(Key)!.Name);
        }
    }

    [Fact]
    public void Scopes_AsAListOrAText_AreRead()
    {
        var list = Read(("a:Hash", Hex), ("a:Scopes:0", "call"), ("a:Scopes:1", "Read")).Find(Key)!;
        var text = Read(("a:Hash", Hex), ("a:Scopes", "call, read")).Find(Key)!;
        foreach (var key in new[] { list, text })
        {
            Assert.Equal((true, true, false), (key.May(ApiScope.Call), key.May(ApiScope.Read), key.May(ApiScope.Admin)));
        }
    }

    [Fact]
    public void Admin_MayEverything()
    {
        var key = Read(("a:Hash", Hex), ("a:Scopes", "admin")).Find(Key)!;
        Assert.All(Enum.GetValues<ApiScope>(), scope => Assert.True(key.May(scope)));
    }

    [Fact]
    public void Types_LimitAKey_AndLeftOutTheyDoNot()
    {
        var limited = Read(("a:Hash", Hex), ("a:Scopes", "call"), ("a:Types:0", "caller")).Find(Key)!;
        Assert.Equal((true, false, false), (limited.IsFor("caller"), limited.IsFor("his"), limited.IsFor(null)));
        var free = Read(("a:Hash", Hex), ("a:Scopes", "call")).Find(Key)!;
        Assert.Equal((true, true), (free.IsFor("his"), free.IsFor(null)));
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        // The key itself, put where its hash belongs.
        { "Hash", Key, "SHA-256" },
        { "Hash", "", "SHA-256" },
        { "Hash", Hex[..^1], "SHA-256" },
        { "Hash", Hex[..^1] + "x", "SHA-256" },
        { "Hash", new string('!', 44), "SHA-256" },

        // Placeholders, and the hashes of what is no key.
        { "Hash", new string('0', 64), "random" },
        { "Hash", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "random" },
        { "Hash", Convert.ToHexString(ApiKeySet.HashOf("backend")), "random" },
        { "Scopes", "", "call, read, admin" },
        { "Scopes", "call,write", "write: a scope is call, read or admin" },
        { "Types", "", "at least one client type" },
        { "Types", "caller,UPPER", "UPPER: no name of a client type" },
        { "Scope", "call", "is no setting" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WrongSetting_IsNamedWithItsRule_WithoutASecret(string name, string value, string rule)
    {
        var message = Failure([("backend:Hash", Hex), ("backend:Scopes", "call"), ($"backend:{name}", value)]);
        Assert.Contains($"Swp:ApiKeys:backend:{name}", message, StringComparison.Ordinal);
        Assert.Contains(rule, message, StringComparison.Ordinal);
        if (name == "Hash" && value.Length > 0)
        {
            Assert.DoesNotContain(value, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("with space")]
    [InlineData("a\nb")]
    [InlineData("b\n")]
    [InlineData("名")]
    public void WrongName_IsNamed(string name) =>
        Assert.Contains($"Swp:ApiKeys:{name}: a name has", Failure([($"{name}:Hash", Hex), ($"{name}:Scopes", "call")]), StringComparison.Ordinal);

    [Fact]
    public void TheSameHashTwice_NamesBoth()
    {
        var message = Failure([("a:Hash", Hex), ("a:Scopes", "call"), ("b:Hash", Convert.ToBase64String(ApiKeySet.HashOf(Key))), ("b:Scopes", "admin")]);
        Assert.Contains("Swp:ApiKeys:b:Hash: the same as that of a", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooManyKeys_AreRefused() => Assert.Contains("at most 256", Failure(
        [.. Enumerable.Range(0, 257).SelectMany(i => new[] { ($"k{i}:Hash", Convert.ToHexString(ApiKeySet.HashOf($"{i}"))), ($"k{i}:Scopes", "call") })]), StringComparison.Ordinal);

    private static string Failure((string Name, string Value)[] settings) => Assert.Throws<StartupException>(() => Read(settings)).Message;

    private static ApiKeySet Read(params (string Name, string Value)[] settings) => ApiKeyReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Name).Select(last => KeyValuePair.Create($"Swp:ApiKeys:{last.Key}", (string?)last.Last().Value))).Build());
}
