namespace Swp.EndToEnd.Tests.Standalone;

/// <summary>JSON values whose every byte must arrive as it was sent.</summary>
internal static class Payloads
{
    private static readonly Dictionary<string, string> s_values = new()
    {
        ["object"] = """{"a":1}""",
        ["object in a string"] = """ "{\"clientId\":\"9\"}" """.Trim(),
        ["whitespace"] = "{ \"a\" :\t[ 1 ,\n2 ]\r\n}",
        ["order and repetition"] = """{"z":1,"a":2,"z":3}""",
        ["numbers"] = """[1.0,1.50e+3,-0,0.1e-7,123456789012345678901234567890,1E400]""",
        ["escapes"] = """ "\u0041\/\\\"\b\f\n\r\t\u00e9\uD83D\uDE00\u4e2d" """.Trim(),
        ["html"] = """ "<a href='x'>&amp;</a>+`" """.Trim(),
        ["chinese"] = """{"患者":"张三","备注":"请到三号窗口"}""",
        ["emoji"] = "\"👩‍⚕️ 🏥 😀\"",
        ["line separators"] = "\"\u2028\u2029\u007f\ufeff\"",
        ["true"] = "true",
        ["empty string"] = "\"\"",
        ["empty object"] = "{ }",
        ["empty array"] = "[]",
        ["60 KB"] = $"\"{new string('x', 60_000)}\"",
        ["60 KB of chinese"] = $"[\"{new string('中', 20_000)}\"]",
    };

    public static TheoryData<string> All => [.. s_values.Keys];

    public static string Get(string name) => s_values[name];
}
