using System.Text;
using Swp.Gateway.Protocol;
using Swp.Protocol;

namespace Swp.Gateway.Tests.Protocol;

/// <summary>The wire protocol by example: each vector is read and written.</summary>
internal static class FrameVectors
{
    /// <summary>The server's clock in every written vector.</summary>
    public const long Time = 1_700_000_000_000;

    private const string NoData = """{"code":"0","sessionType":"0000","sessionTime":1700000000000}""";

    /// <summary>Messages by name.</summary>
    public static readonly IReadOnlyDictionary<string, FrameVector> All = new Dictionary<string, FrameVector>
    {
        // ---- As the server writes them --------------------------------------------------------------------------------------------------
        ["heart"] = new() { Type = SessionType.Heart, Json = NoData },
        ["answer to an OPEN"] = new()
        {
            Type = SessionType.Open,
            Uuid = "1700000000123",
            Data = """
                "{\"clientId\":\"999\",\"msg\":\"success\"}"
                """,
            Json = """{"code":"0","sessionType":"0001","sessionTime":1700000000000,"data":"{\"clientId\":\"999\",\"msg\":\"success\"}","uuid":"1700000000123"}""",
        },
        ["request of the server"] = new()
        {
            Type = SessionType.Server,
            Uuid = "0f",
            Data = """
                "{\"callCode\":\"A12\",\"patientName\":\"张三\"}"
                """,
            Json = """{"code":"0","sessionType":"0002","sessionTime":1700000000000,"data":"{\"callCode\":\"A12\",\"patientName\":\"张三\"}","uuid":"0f"}""",
        },
        ["answer to a query, raw JSON"] = new()
        {
            Type = SessionType.Client,
            Uuid = "q-1",
            Data = """{"result":[1,2]}""",
            Json = """{"code":"0","sessionType":"0003","sessionTime":1700000000000,"data":{"result":[1,2]},"uuid":"q-1"}""",
        },
        ["failure with an error"] = new()
        {
            Type = SessionType.Client,
            Uuid = "q-2",
            Code = "-1",
            Message = "too many",
            Error = new ErrorDetail("rate_limited", Retryable: true, RetryAfterMs: 120),
            Json = """{"code":"-1","msg":"too many","sessionType":"0003","sessionTime":1700000000000,"uuid":"q-2","error":{"code":"rate_limited","retryable":true,"retryAfterMs":120}}""",
        },
        ["failure without a time to wait"] = new()
        {
            Type = SessionType.Open,
            Uuid = "1",
            Code = "-1",
            Message = "no",
            Error = new ErrorDetail("unauthorized"),
            Json = """{"code":"-1","msg":"no","sessionType":"0001","sessionTime":1700000000000,"uuid":"1","error":{"code":"unauthorized","retryable":false}}""",
        },
        ["refused HEART"] = new()
        {
            Type = SessionType.Heart,
            Uuid = "7",
            Code = "-1",
            Message = "open session",
            Data = "\"客户端心跳检测请求频次过高(-44000)\"",
            Error = new ErrorDetail("heartbeat_too_frequent"),
            Json = """{"code":"-1","msg":"open session","sessionType":"0000","sessionTime":1700000000000,"data":"客户端心跳检测请求频次过高(-44000)","uuid":"7","error":{"code":"heartbeat_too_frequent","retryable":false}}""",
        },
        ["unknown sessionType"] = new()
        {
            Type = SessionType.Unknown,
            UnknownType = "0009",
            Uuid = "u",
            Code = "-1",
            Message = "?",
            Error = new ErrorDetail("unknown_session_type"),
            Json = """{"code":"-1","msg":"?","sessionType":"0009","sessionTime":1700000000000,"uuid":"u","error":{"code":"unknown_session_type","retryable":false}}""",
        },
        ["a client's own failure"] = new()
        {
            Type = SessionType.Server,
            Uuid = "0f",
            Code = "SWP_7",
            Message = "缺纸 <&> + 'x' \"y\" \\",
            Json = """{"code":"SWP_7","msg":"缺纸 <&> + 'x' \"y\" \\","sessionType":"0002","sessionTime":1700000000000,"uuid":"0f"}""",
        },
        ["control characters"] = new()
        {
            Type = SessionType.Client,
            Uuid = "a\u0000b\nc",
            Message = "\u0001\u007f\u2028",
            Json = """{"code":"0","msg":"\u0001\u007F\u2028","sessionType":"0003","sessionTime":1700000000000,"uuid":"a\u0000b\nc"}""",
        },
        ["supplementary characters"] = new()
        {
            Type = SessionType.Client,
            Uuid = "😀",
            Json = """{"code":"0","sessionType":"0003","sessionTime":1700000000000,"uuid":"\uD83D\uDE00"}""",
        },

        // ---- The older generation's browser page: members in its order, uuid a number, msg always there ----------------------------------
        ["page: OPEN"] = new()
        {
            Type = SessionType.Open,
            Uuid = "1700000000001",
            Message = "open session",
            Data = """{"clientId":"999"}""",
            Json = """{"code":"0","msg":"open session","sessionType":"0001","sessionTime":1700000000000,"data":{"clientId":"999"},"uuid":1700000000001}""",
            Written = """{"code":"0","msg":"open session","sessionType":"0001","sessionTime":1700000000000,"data":{"clientId":"999"},"uuid":"1700000000001"}""",
        },
        ["page: HEART"] = new()
        {
            Type = SessionType.Heart,
            Uuid = "1700000045001",
            Message = "open session",
            Data = "\"999\"",
            Json = """{"code":"0","msg":"open session","sessionType":"0000","sessionTime":1700000045000,"data":"999","uuid":1700000045001}""",
            Written = """{"code":"0","msg":"open session","sessionType":"0000","sessionTime":1700000000000,"data":"999","uuid":"1700000045001"}""",
        },
        ["page: a message without data"] = new()
        {
            Type = SessionType.Client,
            Uuid = "1700000000002",
            Message = "open session",
            Data = "\"\"",
            Json = """{"code":"0","msg":"open session","sessionType":"0003","sessionTime":1700000000000,"data":"","uuid":1700000000002}""",
            Written = """{"code":"0","msg":"open session","sessionType":"0003","sessionTime":1700000000000,"data":"","uuid":"1700000000002"}""",
        },
        ["page: uuid not yet set"] = new()
        {
            Type = SessionType.Heart,
            Uuid = "",
            Message = "open session",
            Data = "\"999\"",
            Json = """{"code":"0","msg":"open session","sessionType":"0000","sessionTime":1700000000000,"data":"999","uuid":""}""",
        },
        ["OPEN with data in a string"] = new()
        {
            Type = SessionType.Open,
            Uuid = "1",
            Data = """
                "{\"clientId\":\"9\"}"
                """,
            Json = """{"sessionType":"0001","data":"{\"clientId\":\"9\"}","uuid":"1"}""",
            Written = """{"code":"0","sessionType":"0001","sessionTime":1700000000000,"data":"{\"clientId\":\"9\"}","uuid":"1"}""",
        },

        // ---- Members ----------------------------------------------------------------------------------------------------------------------
        ["nothing but the sessionType"] = new() { Type = SessionType.Heart, Json = """{"sessionType":"0000"}""", Written = NoData },
        ["white space everywhere"] = new() { Type = SessionType.Heart, Json = " \t\r\n{ \"sessionType\" :\t\"0000\"\n} \r\n", Written = NoData },
        ["members the other way round"] = new()
        {
            Type = SessionType.Client,
            Uuid = "5",
            Code = "1",
            Message = "m",
            Data = "[]",
            Json = """{"uuid":5,"data":[],"sessionTime":1,"sessionType":"0003","msg":"m","code":"1"}""",
            Written = """{"code":"1","msg":"m","sessionType":"0003","sessionTime":1700000000000,"data":[],"uuid":"5"}""",
        },
        ["unknown members"] = new()
        {
            Type = SessionType.Heart,
            Json = """{"a":1,"sessionType":"0000","b":{"sessionType":"0001","data":{"uuid":"x"},"c":[{"code":"9"}]},"error":{"code":"x"},"Data":1,"UUID":"y","":null,"data ":2}""",
            Written = NoData,
        },
        ["repeated members: the last counts"] = new()
        {
            Type = SessionType.Client,
            Uuid = "b",
            Code = "2",
            Message = "n",
            Data = "{}",
            Json = """{"sessionType":"0009","code":"1","msg":"m","uuid":"a","data":1,"sessionType":"0003","code":"2","msg":"n","uuid":"b","data":{}}""",
            Written = """{"code":"2","msg":"n","sessionType":"0003","sessionTime":1700000000000,"data":{},"uuid":"b"}""",
        },
        ["repeated members: the last counts, also when the first is bad"] = new()
        {
            Type = SessionType.Client,
            Uuid = "b",
            Json = """{"sessionType":1,"code":[],"msg":{},"uuid":true,"sessionType":"0003","code":"0","msg":null,"uuid":"b"}""",
            Written = """{"code":"0","sessionType":"0003","sessionTime":1700000000000,"uuid":"b"}""",
        },
        ["escaped names and values"] = new()
        {
            Type = SessionType.Server,
            Uuid = "a",
            Code = "0",
            Message = "叫号",
            Data = "\"\\u0041\"",
            Json = """{"\u0073essionType":"\u0030002","\u0075uid":"\u0061","dat\u0061":"\u0041","cod\u0065":"\u0030","\u006d\u0073\u0067":"\u53eb\u53f7"}""",
            Written = """{"code":"0","msg":"叫号","sessionType":"0002","sessionTime":1700000000000,"data":"\u0041","uuid":"a"}""",
        },
        ["sessionTime of any kind"] = new() { Type = SessionType.Heart, Json = """{"sessionTime":{"x":[1e999]},"sessionType":"0000"}""", Written = NoData },

        // ---- code and msg -----------------------------------------------------------------------------------------------------------------
        ["code null"] = new() { Type = SessionType.Heart, Json = """{"sessionType":"0000","code":null}""", Written = NoData },
        ["code a number"] = Coded("-1", "-1"),
        ["code zero as a number"] = Coded("0", "0"),
        ["code empty"] = Coded("\"\"", ""),
        ["code of 64 characters"] = Coded($"\"{Characters(64)}\"", Characters(64)),
        ["msg null"] = new() { Type = SessionType.Heart, Json = """{"msg":null,"sessionType":"0000"}""", Written = NoData },
        ["msg empty"] = Said("\"\"", ""),
        ["msg a number"] = Said("1.50", "1.50"),
        ["msg long"] = Said($"\"{Characters(20_000)}\"", Characters(20_000)),

        // ---- uuid -------------------------------------------------------------------------------------------------------------------------
        ["uuid null"] = new() { Type = SessionType.Heart, Json = """{"uuid":null,"sessionType":"0000"}""", Written = NoData },
        ["uuid a number with a fraction"] = Identified("1.50", "1.50"),
        ["uuid a negative number with an exponent"] = Identified("-1E+400", "-1E+400"),
        ["uuid a number no double holds"] = Identified("12345678901234567890123", "12345678901234567890123"),
        ["uuid of 64 characters"] = Identified($"\"{Characters(64)}\"", Characters(64)),
        ["uuid of 64 digits"] = Identified(Characters(64), Characters(64)),
        ["uuid of 64 escaped characters"] = Identified($"\"{string.Concat(Enumerable.Repeat("\\u0061", 64))}\"", new string('a', 64)),

        // ---- data, byte for byte ----------------------------------------------------------------------------------------------------------
        ["data null is no data"] = new() { Type = SessionType.Client, Json = """{"sessionType":"0003","data":null}""", Written = """{"code":"0","sessionType":"0003","sessionTime":1700000000000}""" },
        ["data true"] = Carrying("true"),
        ["data false"] = Carrying("false"),
        ["data zero"] = Carrying("0"),
        ["data minus zero"] = Carrying("-0"),
        ["data 1.0"] = Carrying("1.0"),
        ["data 1E+2"] = Carrying("1E+2"),
        ["data 1e400"] = Carrying("1e400"),
        ["data a number no double holds"] = Carrying("123456789012345678901234567890.10"),
        ["data an empty string"] = Carrying("\"\""),
        ["data a string with escapes"] = Carrying("""
            "\u53eb\/\b\f\n\r\t\"\\\ud83d\ude00\u0000"
            """),
        ["data a string with characters"] = Carrying("\"叫号 😀 \u007f\u2028\""),
        ["data half a surrogate pair"] = Carrying("\"\\ud800\""),
        ["data the other half"] = Carrying("{\"\\udc00\":\"x\\uDFFFy\"}"),
        ["data an empty object"] = Carrying("{}"),
        ["data an empty array"] = Carrying("[ ]"),
        ["data with white space"] = Carrying("{ \"a\" :\t[ 1 ,\r\n2 ] , \"b\":{ } }"),
        ["data with repeated members"] = Carrying("""{"a":1,"a":2,"sessionType":"0000","uuid":"z","data":"z"}"""),
        ["data in white space"] = new()
        {
            Type = SessionType.Client,
            Data = "[ 1 ]",
            Json = "{\"sessionType\":\"0003\",\"data\" : \n [ 1 ] \t }",
            Written = """{"code":"0","sessionType":"0003","sessionTime":1700000000000,"data":[ 1 ]}""",
        },
        ["data 64 deep, the message counted"] = Carrying(Nested(63)),
        ["an unknown member 64 deep"] = new() { Type = SessionType.Heart, Json = $$"""{"x":{{Nested(63)}},"sessionType":"0000"}""", Written = NoData },

        // ---- sessionType ------------------------------------------------------------------------------------------------------------------
        ["sessionType empty"] = Unknown("", ""),
        ["sessionType shorter"] = Unknown("000", "000"),
        ["sessionType longer"] = Unknown("00003", "00003"),
        ["sessionType with words"] = Unknown("heart", "heart"),
        ["sessionType too long to send back"] = Unknown("12345678901234567890", "1234567890123456"),
        ["sessionType cut within a character"] = Unknown("123456789012345😀", "123456789012345"),
    };

    /// <summary>What is no message, by name.</summary>
    public static readonly IReadOnlyDictionary<string, (byte[] Bytes, FrameFault Fault, CloseCode CloseCode)> Malformed =
        new Dictionary<string, (byte[], FrameFault, CloseCode)>
        {
            ["nothing"] = NotAnObject(""),
            ["white space"] = NotAnObject(" \n"),
            ["a word"] = NotAnObject("ping"),
            ["a string"] = NotAnObject("\"0000\""),
            ["a number"] = NotAnObject("1"),
            ["null"] = NotAnObject("null"),
            ["an array"] = NotAnObject("[]"),
            ["an array of messages"] = NotAnObject("""[{"sessionType":"0000"}]"""),
            ["an open object"] = NotAnObject("{"),
            ["an object cut short"] = NotAnObject("""{"sessionType":"0000" """),
            ["a string cut short"] = NotAnObject("""{"sessionType":"0000","data":"x}"""),
            ["two messages"] = NotAnObject("""{"sessionType":"0000"}{"sessionType":"0000"}"""),
            ["two messages, two lines"] = NotAnObject("{\"sessionType\":\"0000\"}\n{\"sessionType\":\"0000\"}"),
            ["rubbish at the end"] = NotAnObject("""{"sessionType":"0000"}x"""),
            ["a NUL at the end"] = NotAnObject("{\"sessionType\":\"0000\"}\0"),
            ["a comma at the end"] = NotAnObject("""{"sessionType":"0000",}"""),
            ["a comma at the end of data"] = NotAnObject("""{"sessionType":"0003","data":[1,]}"""),
            ["a comment"] = NotAnObject("""/* x */{"sessionType":"0000"}"""),
            ["a comment within"] = NotAnObject("{\"sessionType\":\"0000\"// x\n}"),
            ["single quotes"] = NotAnObject("{'sessionType':'0000'}"),
            ["a name without quotes"] = NotAnObject("""{sessionType:"0000"}"""),
            ["data without a value"] = NotAnObject("""{"sessionType":"0003","data":}"""),
            ["data NaN"] = NotAnObject("""{"sessionType":"0003","data":NaN}"""),
            ["data with a leading zero"] = NotAnObject("""{"sessionType":"0003","data":01}"""),
            ["a control character in a string"] = NotAnObject("{\"sessionType\":\"0003\",\"data\":\"a\nb\"}"),
            ["an unknown escape"] = NotAnObject("""{"sessionType":"0003","data":"\x"}"""),
            ["a byte order mark"] = NotAnObject("\uFEFF{\"sessionType\":\"0000\"}"),
            ["a byte that is not UTF-8"] = NotUtf8("{\"sessionType\":\"0003\",\"data\":\"\u00ff\"}"),
            ["an overlong slash"] = NotUtf8("{\"sessionType\":\"0003\",\"data\":\"\u00c0\u00af\"}"),
            ["a surrogate in UTF-8"] = NotUtf8("{\"sessionType\":\"0003\",\"data\":\"\u00ed\u00a0\u0080\"}"),
            ["a character cut short"] = NotUtf8("{\"sessionType\":\"0003\",\"data\":\"\u00e5\u008f\"}"),
            ["not UTF-8 in an unknown member"] = NotUtf8("{\"\u00ff\":1,\"sessionType\":\"0000\"}"),
            ["UTF-16"] = (Encoding.Unicode.GetBytes("""{"sessionType":"0000"}"""), FrameFault.NotAnObject, CloseCode.InvalidPayload),
            ["data 65 deep, the message counted"] = NotAnObject($$"""{"sessionType":"0003","data":{{Nested(64)}}}"""),
            ["an unknown member 65 deep"] = NotAnObject($$"""{"sessionType":"0003","x":{{Nested(64)}}}"""),
            ["a message 100,000 deep"] = NotAnObject(string.Concat(Enumerable.Repeat("{\"data\":", 100_000))),
            ["half a surrogate pair in uuid"] = NotAnObject("""{"sessionType":"0003","uuid":"\ud800"}"""),
            ["half a surrogate pair in msg"] = NotAnObject("""{"sessionType":"0003","msg":"a\udc00"}"""),
            ["half a surrogate pair in code"] = NotAnObject("""{"sessionType":"0003","code":"\ud83d"}"""),
            ["half a surrogate pair in sessionType"] = NotAnObject("""{"sessionType":"\ud83d"}"""),

            ["an empty object"] = NoSessionType("{}"),
            ["no sessionType"] = NoSessionType("""{"code":"0","data":{"sessionType":"0000"},"uuid":"1"}"""),
            ["sessionType in other letters"] = NoSessionType("""{"SessionType":"0000","sessiontype":"0000"}"""),
            ["sessionType null"] = NoSessionType("""{"sessionType":null}"""),
            ["sessionType a number"] = NoSessionType("""{"sessionType":1}"""),
            ["sessionType a bool"] = NoSessionType("""{"sessionType":true}"""),
            ["sessionType an object"] = NoSessionType("""{"sessionType":{"sessionType":"0000"}}"""),
            ["sessionType an array"] = NoSessionType("""{"sessionType":["0000"]}"""),
            ["the last sessionType no string"] = NoSessionType("""{"sessionType":"0000","sessionType":0}"""),

            ["uuid of 65 characters"] = BadUuid($"\"{Characters(65)}\""),
            ["uuid of 65 digits"] = BadUuid(Characters(65)),
            ["uuid true"] = BadUuid("true"),
            ["uuid false"] = BadUuid("false"),
            ["uuid an object"] = BadUuid("{\"a\":1}"),
            ["uuid an array"] = BadUuid("[\"a\"]"),
            ["the last uuid bad"] = BadUuid("\"a\",\"uuid\":{}"),

            ["code true"] = BadStatus("code", "true"),
            ["code an object"] = BadStatus("code", "{}"),
            ["code of 65 characters"] = BadStatus("code", $"\"{Characters(65)}\""),
            ["msg false"] = BadStatus("msg", "false"),
            ["msg an array"] = BadStatus("msg", "[[]]"),
        };

    /// <summary>The names of <see cref="All"/>.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    /// <summary>The names of <see cref="Malformed"/>.</summary>
    public static TheoryData<string> MalformedNames => [.. Malformed.Keys];

    /// <summary>So many arrays in one another.</summary>
    public static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    /// <summary>Digits that are also a number.</summary>
    private static string Characters(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (i % 9) + 1));

    private static FrameVector Carrying(string data) => new()
    {
        Type = SessionType.Client,
        Data = data,
        Json = $$"""{"code":"0","sessionType":"0003","sessionTime":1700000000000,"data":{{data}}}""",
    };

    private static FrameVector Coded(string json, string code) => new()
    {
        Type = SessionType.Server,
        Code = code,
        Json = $$"""{"sessionType":"0002","code":{{json}}}""",
        Written = $$"""{"code":"{{code}}","sessionType":"0002","sessionTime":1700000000000}""",
    };

    private static FrameVector Said(string json, string message) => new()
    {
        Type = SessionType.Server,
        Message = message,
        Json = $$"""{"sessionType":"0002","msg":{{json}}}""",
        Written = $$"""{"code":"0","msg":"{{message}}","sessionType":"0002","sessionTime":1700000000000}""",
    };

    private static FrameVector Identified(string json, string uuid) => new()
    {
        Type = SessionType.Client,
        Uuid = uuid,
        Json = $$"""{"sessionType":"0003","uuid":{{json}}}""",
        Written = $$"""{"code":"0","sessionType":"0003","sessionTime":1700000000000,"uuid":"{{uuid}}"}""",
    };

    private static FrameVector Unknown(string type, string sentBack) => new()
    {
        Type = SessionType.Unknown,
        UnknownType = sentBack,
        Json = $$"""{"sessionType":"{{type}}"}""",
        Written = $$"""{"code":"0","sessionType":"{{sentBack}}","sessionTime":1700000000000}""",
    };

    private static (byte[] Bytes, FrameFault Fault, CloseCode CloseCode) NotAnObject(string json) =>
        (Encoding.UTF8.GetBytes(json), FrameFault.NotAnObject, CloseCode.InvalidPayload);

    private static (byte[] Bytes, FrameFault Fault, CloseCode CloseCode) NotUtf8(string latin1) =>
        (Encoding.Latin1.GetBytes(latin1), FrameFault.NotAnObject, CloseCode.InvalidPayload);

    private static (byte[] Bytes, FrameFault Fault, CloseCode CloseCode) NoSessionType(string json) =>
        (Encoding.UTF8.GetBytes(json), FrameFault.NoSessionType, CloseCode.ProtocolError);

    private static (byte[] Bytes, FrameFault Fault, CloseCode CloseCode) BadUuid(string uuid) =>
        (Encoding.UTF8.GetBytes($$"""{"sessionType":"0003","uuid":{{uuid}}}"""), FrameFault.BadUuid, CloseCode.ProtocolError);

    private static (byte[] Bytes, FrameFault Fault, CloseCode CloseCode) BadStatus(string name, string value) =>
        (Encoding.UTF8.GetBytes($$"""{"sessionType":"0003","{{name}}":{{value}}}"""), FrameFault.BadStatus, CloseCode.ProtocolError);
}
