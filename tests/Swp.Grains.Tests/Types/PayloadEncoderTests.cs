using System.Text.Json;
using CsCheck;
using Swp.Clients;
using Swp.Cluster.Payloads;

namespace Swp.Grains.Tests.Types;

public sealed class PayloadEncoderTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", """
        "{\"a\":\"b\"}"
        """)]
    [InlineData("""{ "a" : 1.0 }""", """
        "{ \"a\" : 1.0 }"
        """)]
    [InlineData("""{"a":"\"\\"}""", """
        "{\"a\":\"\\\"\\\\\"}"
        """)]
    [InlineData("""{"名":"叫号<&'>"}""", """
        "{\"名\":\"叫号<&'>\"}"
        """)]
    [InlineData("[1,2]", "\"[1,2]\"")]
    [InlineData("7", "\"7\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("\"\\u0041\"", "\"\\u0041\"")]
    [InlineData(" \"text\"", " \"text\"")]
    public void Encode_String_IsJsonTextInAString(string json, string encoded) =>
        Assert.Equal(encoded, PayloadEncoder.Encode(JsonPayload.Parse(json), raw: false).ToString());

    [Theory]
    [InlineData("{ \"a\" : 1.0 }")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public void Encode_Json_IsTheValueItself(string json) =>
        Assert.Equal(json, PayloadEncoder.Encode(JsonPayload.Parse(json), raw: true).ToString());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encode_None_IsNone(bool raw) => Assert.True(PayloadEncoder.Encode(JsonPayload.None, raw).IsNone);

    [Fact]
    public void Encode_AnyText_ReadsBackByteForByte() => Gen.String.Array[0, 5].Sample(texts =>
    {
        var payload = JsonPayload.From(texts);
        var encoded = PayloadEncoder.Encode(payload, raw: false);
        Assert.Equal(payload.ToString(), JsonSerializer.Deserialize<string>(encoded.Utf8.Span));
    });
}
