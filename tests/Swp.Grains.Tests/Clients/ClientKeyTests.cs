using CsCheck;
using Swp.Clients;

namespace Swp.Grains.Tests.Clients;

public sealed class ClientKeyTests
{
    private static readonly Gen<string> Types = Gen.Select(
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"],
        Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789_-"], 0, 31],
        (first, rest) => first + rest);

    // Whatever a client may be called: letters, slashes, spaces, quotes, percent signs, text beyond the basic plane.
    private static readonly string[] IdParts =
        ["/", "//", "a", "9", " ", "%2F", "\"", "\\", "+", "{}", "Ж", "医", "\u00A0", "\u200B", "\uFEFF", "\uFFFD", "\uE000", "😀", "𐍈"];

    private static readonly Gen<string> Ids = Gen.Int[0, IdParts.Length - 1].Select(i => IdParts[i]).Array[1, 40].Select(string.Concat);

    [Fact]
    public void Parse_WhatToStringWrote_IsTheSameKey() => Gen.Select(Types, Ids).Sample((type, id) =>
    {
        var key = new ClientKey(type, id);
        var read = ClientKey.Parse(key.ToString());
        Assert.Equal(key, read);
        Assert.Equal(type, read.Type);
        Assert.Equal(id, read.Id);
    });

    [Fact]
    public void ToString_DifferentKeys_DifferentText() => Gen.Select(Types, Ids, Types, Ids).Sample((type1, id1, type2, id2) =>
    {
        var (one, other) = (new ClientKey(type1, id1), new ClientKey(type2, id2));
        Assert.Equal(one == other, one.ToString() == other.ToString());
    });

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndOnlyTakesWhatItWouldWrite() => Gen.String.Sample(text =>
    {
        if (ClientKey.TryParse(text, out var key))
        {
            Assert.Equal(text, key.ToString());
        }
        else
        {
            Assert.Equal(default, key);
        }
    });

    [Theory]
    [InlineData("caller/999", "caller", "999")]
    [InlineData("a/b/c", "a", "b/c")]
    [InlineData("a//", "a", "/")]
    [InlineData("a/ ", "a", " ")]
    [InlineData("his-2_x/\"1\"", "his-2_x", "\"1\"")]
    public void Parse_SlashesInTheId_BelongToTheId(string text, string type, string id)
    {
        var key = ClientKey.Parse(text);
        Assert.Equal((type, id), (key.Type, key.Id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("caller")]
    [InlineData("caller/")]
    [InlineData("/999")]
    [InlineData("Caller/999")]
    [InlineData(" caller/999")]
    [InlineData("-a/1")]
    [InlineData("a/1\n")]
    public void TryParse_NoKey_IsFalse(string? text)
    {
        Assert.False(ClientKey.TryParse(text, out _));
        Assert.Throws<FormatException>(() => ClientKey.Parse(text!));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("9", true)]
    [InlineData("a-", true)]
    [InlineData("a_b-c", true)]
    [InlineData("01234567890123456789012345678901", true)]
    [InlineData("012345678901234567890123456789012", false)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("_a", false)]
    [InlineData("A", false)]
    [InlineData("aB", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a.b", false)]
    [InlineData("a\n", false)]
    [InlineData("é", false)]
    [InlineData("叫号", false)]
    [InlineData("a٣", false)]
    public void IsValidType_Table(string? type, bool valid)
    {
        Assert.Equal(valid, ClientKey.IsValidType(type));
        if (!valid)
        {
            Assert.Equal("type", Assert.Throws<ArgumentException>(() => new ClientKey(type!, "1")).ParamName);
        }
    }

    [Theory]
    [MemberData(nameof(IdTable))]
    public void IsValidId_Table(string name, string? id, bool valid)
    {
        Assert.True(valid == ClientKey.IsValidId(id), name);
        if (!valid)
        {
            Assert.Equal("id", Assert.Throws<ArgumentException>(() => new ClientKey("a", id!)).ParamName);
        }
    }

    public static TheoryData<string, string?, bool> IdTable() => new()
    {
        { "one character", "9", true },
        { "slashes", "a/b//c", true },
        { "spaces", "  ", true },
        { "the longest", new string('x', 128), true },
        { "one too long", new string('x', 129), false },
        { "null", null, false },
        { "empty", "", false },
        { "NUL", "a\0", false },
        { "a line feed", "a\nb", false },
        { "DEL", "a\u007F", false },
        { "a C1 control", "\u0085", false },
        { "the first after the C1 controls", "\u00A0", true },
        { "a pair of surrogates", "\uD83D\uDE00", true },
        { "two pairs", "\uD83D\uDE00\uD83D\uDE00", true },
        { "the longest, of pairs", string.Concat(Enumerable.Repeat("\uD83D\uDE00", 64)), true },
        { "one too long, of pairs", string.Concat(Enumerable.Repeat("\uD83D\uDE00", 64)) + "x", false },
        { "a high surrogate at the end", "a\uD83D", false },
        { "a high surrogate before a letter", "\uD83Da", false },
        { "two high surrogates and a low one", "\uD83D\uD83D\uDE00", false },
        { "a low surrogate alone", "\uDE00", false },
        { "a low surrogate after a pair", "\uD83D\uDE00\uDE00", false },
        { "a control after a pair", "\uD83D\uDE00\u0001", false },
    };
}
