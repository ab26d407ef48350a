using Swp.Cli.Invocation;
using Swp.Cli.Parsing;
using Swp.Testing.Storage;

namespace Swp.Cli.Tests.Parsing;

public sealed class JsonDataTests
{
    [Theory]
    [InlineData("""{"a":1.0}""", """{"a":1.0}""")]
    [InlineData(" [1] ", " [1] ")]
    [InlineData(null, null)]
    public async Task ReadAsync_Argument_IsTakenAsItIs(string? text, string? json) => Assert.Equal(json, await ReadAsync(text));

    [Fact]
    public async Task ReadAsync_File_IsRead()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "call.json");
        await File.WriteAllTextAsync(file, """{"name":"张三"}""", TestContext.Current.CancellationToken);
        Assert.Equal("""{"name":"张三"}""", await ReadAsync("@" + file));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("@-")]
    public async Task ReadAsync_Dash_IsStandardInput(string text) => Assert.Equal("[1]", await ReadAsync(text, "[1]"));

    [Theory]
    [InlineData("hello", "DATA is no JSON (line 1, byte 1). A text has quotes around it: '\"hello\"'.")]
    [InlineData("-", "standard input is no JSON")]
    [InlineData("@/nosuch/file", "/nosuch/file cannot be read")]
    public async Task ReadAsync_NoJson_SaysWhatIsWrong(string text, string message)
    {
        var e = await Assert.ThrowsAsync<UsageException>(() => ReadAsync(text));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("12", "12")]
    [InlineData("how are you", "\"how are you\"")]
    [InlineData("say \"hi\" \u0001", "\"say \\u0022hi\\u0022 \\u0001\"")]
    public void OfLine_WhateverIsTyped_IsJson(string line, string json) => Assert.Equal(json, JsonData.OfLine(line).GetRawText());

    private static Task<string?> ReadAsync(string? text, string input = "") => JsonData.ReadAsync(text, new StringReader(input), TestContext.Current.CancellationToken);
}
