using System.Text;
using System.Text.Json;
using Swp.Clients;
using Swp.Gateway.Protocol;

namespace Swp.Gateway.Tests.Protocol;

public sealed class OpenDataTests
{
    private static readonly string Longest = new('x', 128);

    public static TheoryData<string, string> Ids => new()
    {
        { """{"clientId":"999"}""", "999" },
        { """{"clientId":999}""", "999" },
        { """{"clientId":-1.50e2}""", "-1.50e2" },
        { """{"clientId":12345678901234567890123}""", "12345678901234567890123" },
        { """{"clientId":" "}""", " " },
        { """{"clientId":"a/b%2F?#"}""", "a/b%2F?#" },
        { """{"clientId":"\u53eb号😀"}""", "叫号😀" },
        { """{"clientId":"\ud83d\ude00"}""", "😀" },
        { """{"\u0063lientId":"9"}""", "9" },
        { """{"clientId":"1","clientId":"2"}""", "2" },
        { """{"clientId":null,"clientId":"2"}""", "2" },
        { """{"a":{"clientId":"1"},"b":[{"clientId":"3"}],"clientId":"2","clientID":"4"}""", "2" },
        { """ { "clientId" : "9" } """, "9" },
        { $$"""{"clientId":"{{Longest}}"}""", Longest },
        { $$"""{"clientId":{{new string('1', 128)}}}""", new string('1', 128) },
        { $$"""{"clientId":"9","x":{{FrameVectors.Nested(62)}}}""", "9" },
    };

    public static TheoryData<string> Refused =>
    [
        "null", "true", "7", "[]", "{}", "\"\"", "\"999\"", "\"{}\"", "\"[]\"", "\"null\"", "\"{\"",
        """["{\"clientId\":\"9\"}"]""",
        """{"clientId":null}""",
        """{"clientId":""}""",
        """{"clientId":true}""",
        """{"clientId":{"a":1}}""",
        """{"clientId":["9"]}""",
        """{"ClientId":"9"}""",
        """{"clientId":"9","clientId":{}}""",
        """{"clientId":"a\u0000"}""",
        """{"clientId":"a\nb"}""",
        """{"clientId":"\u007f"}""",
        """{"clientId":"\u009f"}""",
        """{"clientId":"\ud800"}""",
        """{"clientId":"\ude00\ud83d"}""",
        """{"clientId":"9","token":"\ud800"}""",
        $$"""{"clientId":"{{Longest}}x"}""",
        $$"""{"clientId":{{new string('1', 129)}}}""",
        """
        "{\"clientId\":\"9\"} x"
        """,
        """
        "{\"clientId\":\"9\"}{}"
        """,
        """
        "\"{\\\"clientId\\\":\\\"9\\\"}\""
        """,
        """
        "\ud800{\"clientId\":\"9\"}"
        """,
    ];

    [Theory]
    [MemberData(nameof(Ids))]
    public void TryRead_Object_HasItsId(string json, string id)
    {
        Assert.True(OpenData.TryRead(Payload(json), out var open));
        Assert.Equal((id, null, false), (open.ClientId, open.Token, open.HeartbeatReply));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TryRead_StringHoldingTheObject_HasItsIdToo(string json, string id)
    {
        Assert.True(OpenData.TryRead(Payload(JsonSerializer.Serialize(json)), out var open));
        Assert.Equal((id, json), (open.ClientId, open.Object.ToString()));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryRead_AnythingElse_IsRefused(string json)
    {
        Assert.False(OpenData.TryRead(Payload(json), out var open));
        Assert.Equal(default, open);
    }

    [Fact]
    public void TryRead_None_IsRefused() => Assert.False(OpenData.TryRead(JsonPayload.None, out _));

    [Theory]
    [InlineData("""{"clientId":"9","token":"t\u0041"}""", "tA", false)]
    [InlineData("""{"token":"","heartbeatReply":true,"clientId":"9"}""", "", true)]
    [InlineData("""{"clientId":"9","token":5,"heartbeatReply":"true"}""", null, false)]
    [InlineData("""{"clientId":"9","token":{"clientId":"8"},"heartbeatReply":[true]}""", null, false)]
    [InlineData("""{"clientId":"9","token":null,"heartbeatReply":1}""", null, false)]
    [InlineData("""{"clientId":"9","heartbeatReply":true,"heartbeatReply":false}""", null, false)]
    public void TryRead_TokenAndHeartbeatReply_AreWhatTheyAre(string json, string? token, bool heartbeatReply)
    {
        Assert.True(OpenData.TryRead(Payload(json), out var open));
        Assert.Equal(("9", token, heartbeatReply, json), (open.ClientId, open.Token, open.HeartbeatReply, open.Object.ToString()));
    }

    [Theory]
    [InlineData("999", """
        "{\"clientId\":\"999\",\"msg\":\"success\"}"
        """)]
    [InlineData("叫号/\"1\\", """
        "{\"clientId\":\"叫号/\\\"1\\\\\",\"msg\":\"success\"}"
        """)]
    public void Answer_InAString_IsExactlyThat(string id, string json) => Assert.Equal(json, OpenAnswer.Data(id, rawJson: false).ToString());

    [Fact]
    public void Answer_Raw_IsTheObject() => Assert.Equal("""{"clientId":"叫号","msg":"success"}""", OpenAnswer.Data("叫号", rawJson: true).ToString());

    private static JsonPayload Payload(string json) => JsonPayload.FromValidated(Encoding.UTF8.GetBytes(json));
}
