using System.Text.Json;
using Swp.Clients;

namespace Swp.Grains.Tests.Clients;

public sealed class JsonPayloadTests
{
    public sealed record Item(string Name, int Count);

    [Theory]
    [InlineData("""{"name":"a","count":2}""")]
    [InlineData("""{"Count":2,"more":[],"Name":"a"}""")]
    [InlineData("""
        "{\"name\":\"a\",\"count\":2}"
        """)]
    [InlineData("""
        "  {\"name\":\"a\",\"count\":2}  "
        """)]
    [InlineData("""
        "\u007b\"name\":\"\u0061\",\"count\":2}"
        """)]
    public void Read_ObjectOrStringHoldingOne_IsTheObject(string json) => Assert.Equal(new Item("a", 2), JsonPayload.Parse(json).Read<Item>());

    [Fact]
    public void Read_StringHoldingAnArray_IsTheArray() => Assert.Equal([1, 2, 3], JsonPayload.Parse("\"[1,2,3]\"").Read<int[]>());

    [Theory]
    [InlineData("\"abc\"", "abc")]
    [InlineData("\"{\\\"a\\\":1}\"", "{\"a\":1}")]
    [InlineData("\"\"", "")]
    [InlineData("\"\\u53eb\\u53f7\"", "叫号")]
    public void Read_StringAsString_IsNotUnwrapped(string json, string text) => Assert.Equal(text, JsonPayload.Parse(json).Read<string>());

    [Theory]
    [InlineData("7", 7L)]
    [InlineData("-1", -1L)]
    [InlineData("9007199254740993", 9007199254740993L)]
    [InlineData("\"7\"", 7L)]
    public void Read_Numbers_AreNumbers(string json, long number) => Assert.Equal(number, JsonPayload.Parse(json).Read<long>());

    [Theory]
    [InlineData("null")]
    [InlineData("\"{\"")]
    [InlineData("\"[1\"")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"{} {}\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"name\":\"a\",\"count\":\"x\"}")]
    public void Read_SomethingElse_ThrowsAJsonException(string json) => Assert.ThrowsAny<JsonException>(() => JsonPayload.Parse(json).Read<Item>());

    [Fact]
    public void Read_None_ThrowsAJsonException() => Assert.Throws<JsonException>(() => JsonPayload.None.Read<Item>());

    [Fact]
    public void Read_NullAsString_ThrowsAJsonException() => Assert.Throws<JsonException>(() => JsonPayload.Parse("null").Read<string>());

    [Fact]
    public void None_IsNone_AndNullIsNot()
    {
        Assert.True(JsonPayload.None.IsNone);
        Assert.Equal((0, ""), (JsonPayload.None.Length, JsonPayload.None.ToString()));
        Assert.False(JsonPayload.Parse("null").IsNone);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("1,2")]
    [InlineData("{\"a\":1,}")]
    [InlineData("undefined")]
    [InlineData("'a'")]
    public void Parse_NotOneValue_ThrowsAJsonException(string json) => Assert.ThrowsAny<JsonException>(() => JsonPayload.Parse(json));

    [Theory]
    [InlineData("{ \"a\" : 1.0 , \"a\":1e2 }")]
    [InlineData("\"\\u0041\\/\"")]
    [InlineData("12345678901234567890.10")]
    public void Parse_OneValue_KeepsEveryByte(string json) => Assert.Equal(json, JsonPayload.Parse(json).ToString());

    [Fact]
    public void From_Object_IsCamelCaseAndReadable() =>
        Assert.Equal("""{"name":"医保<&>","count":1}""", JsonPayload.From(new Item("医保<&>", 1)).ToString());

    [Fact]
    public void From_Payload_IsThePayloadItself()
    {
        var payload = JsonPayload.Parse("{ }");
        Assert.Equal("{ }", JsonPayload.From(payload).ToString());
        Assert.True(JsonPayload.From<Item?>(null).IsNone);
    }
}
