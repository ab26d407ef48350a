using System.Security.Cryptography;
using Swp.Gateway.Keys;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Keys;

public sealed class ApiKeySetTests
{
    private readonly string _key = KeygenCommand.NewKey();

    [Fact]
    public void Find_KnownKey_IsFound()
    {
        var set = SetOf(_key, KeygenCommand.NewKey());
        Assert.Equal("key0", set.Find(_key)!.Name);
    }

    [Fact]
    public void Find_AnythingElse_IsNothing()
    {
        var set = SetOf(_key);
        Assert.Null(set.Find(KeygenCommand.NewKey()));
        Assert.Null(set.Find(_key + "x"));
        Assert.Null(set.Find(_key[..^1]));
        Assert.Null(set.Find(""));
        Assert.Null(set.Find(new string('字', ApiKeySet.MaxLength)));
        Assert.Null(set.Find(new string('x', 1_000_000)));
        Assert.Null(ApiKeySet.Empty.Find(_key));
    }

    [Fact]
    public void Find_APassword_IsNothingThoughItsHashIsConfigured()
    {
        var password = new string('x', ApiKeySet.MinLength - 1);
        Assert.Null(SetOf(password).Find(password));
        Assert.NotNull(SetOf(password + "x").Find(password + "x"));
    }

    [Fact]
    public void Find_ComparesInTheSameTimeWhateverTheKey()
    {
        var calls = MethodBody.CallsOf(typeof(ApiKeySet).GetMethod(nameof(ApiKeySet.Find))!);
        Assert.Contains(calls, call => call.DeclaringType == typeof(CryptographicOperations) && call.Name == nameof(CryptographicOperations.FixedTimeEquals));
        Assert.DoesNotContain(calls, call => call.Name is "SequenceEqual" or "Equals" or "op_Equality" or "SequenceCompareTo" or "Compare");
    }

    [Fact]
    public void NewKey_Holds256BitsAndIsNeverTheSame()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => KeygenCommand.NewKey()).ToHashSet();
        Assert.Equal(100, keys.Count);
        Assert.All(keys, key => Assert.Matches("^swp_[A-Za-z0-9_-]{43}$", key));
    }

    private static ApiKeySet SetOf(params string[] keys) =>
        new([.. keys.Select((key, i) => new ApiKey($"key{i}", ApiKeySet.HashOf(key), [ApiScope.Call], types: null))]);
}
