using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Device;

/// <summary>The page's own tables against those of <c>docs/protocol.md</c>.</summary>
[Collection(OpenServerCollection.Name)]
public sealed partial class PolicyTests(Chromium chromium, OpenServer open) : BrowserTest(chromium, open.Server)
{
    private static readonly string Protocol = File.ReadAllText(Path.Combine(BuiltProgram.Root, "docs", "protocol.md"));

    [Fact]
    public async Task Every_close_code_has_its_name_its_words_and_its_way_to_reconnect()
    {
        var page = await OpenAsync(open.Server, "/device/");
        var codes = CloseCode().Matches(Protocol);
        Assert.InRange(codes.Count, 18, 40);
        foreach (Match code in codes)
        {
            var (number, name, then) = (code.Groups[1].Value, code.Groups[2].Value, code.Groups[3].Value);
            var expected = then switch
            {
                _ when then.StartsWith("do not", StringComparison.Ordinal) => "stop",
                _ when then.Contains("at once", StringComparison.Ordinal) => "now",
                _ when then.Contains("with a new one", StringComparison.Ordinal) => "token",
                _ => "later",
            };
            Assert.Equal(expected, await EvaluateAsync(page, "policy", $"module.decide({number}, true)"));
            Assert.Equal($"{number} {name}", await EvaluateAsync(page, "words", $"module.closeName({number})"));
        }

        var all = string.Join(',', codes.Select(code => code.Groups[1].Value));
        foreach (var other in new[] { "中文", "English" })
        {
            Assert.Equal("", await EvaluateAsync(page, "words", $"[{all}].filter(code => module.closeWords(code) === module.closeWords(4999))"));
            await page.GetByRole(AriaRole.Button, new() { Name = other }).ClickAsync();
        }

        Assert.Equal("later", await EvaluateAsync(page, "policy", "module.decide(1006, true)"));
        Assert.Equal("later", await EvaluateAsync(page, "policy", "module.decide(4003, false)"));
    }

    [Fact]
    public async Task Every_error_code_has_words_in_both_languages_that_say_whether_to_ask_again()
    {
        var page = await OpenAsync(open.Server, "/device/");
        var table = Protocol[Protocol.IndexOf("### `error.code`", StringComparison.Ordinal)..Protocol.IndexOf("### Close codes", StringComparison.Ordinal)];
        var codes = ErrorCode().Matches(table).Select(match => match.Groups[1].Value).ToArray();
        Assert.InRange(codes.Length, 10, 30);
        foreach (var other in new[] { "中文", "English" })
        {
            Assert.Equal("", await EvaluateAsync(page, "words", $$"""["{{string.Join("\",\"", codes)}}"].filter(code => module.errorWords({ code, retryable: false }).includes(code))"""));
            Assert.Contains("1.5", await EvaluateAsync(page, "words", """module.errorWords({ code: "rate_limited", retryable: true, retryAfterMs: 1500 })"""), StringComparison.Ordinal);
            await page.GetByRole(AriaRole.Button, new() { Name = other }).ClickAsync();
        }
    }

    [Fact]
    public async Task Back_off_is_anywhere_below_a_ceiling_that_doubles_and_starts_over_when_told()
    {
        var page = await OpenAsync(open.Server, "/device/");
        const string Script =
            """
            (() => {
              const backoff = new module.Backoff(500, 30000);
              const high = Array.from({ length: 12 }, () => 0);
              for (let round = 0; round < 200; round++) {
                backoff.reset();
                for (let i = 0; i < high.length; i++) high[i] = Math.max(high[i], backoff.next());
              }
              return high.map((value, i) => value <= Math.min(30000, 500 * 2 ** i) && value > 0.8 * Math.min(30000, 500 * 2 ** i)).join();
            })()
            """;
        Assert.Equal(string.Join(',', Enumerable.Repeat("true", 12)), await EvaluateAsync(page, "policy", Script));
    }

    private static Task<string> EvaluateAsync(IPage page, string module, string expression) =>
        page.EvaluateAsync<string>($$"""async () => { const module = await import("/device/{{module}}.js"); return String({{expression}}); }""");

    [GeneratedRegex(@"^\| (1003|1007|1009|4\d\d\d) \| ([a-z_]+) \| [^|]+ \| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex CloseCode();

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (?:yes|no)", RegexOptions.Multiline)]
    private static partial Regex ErrorCode();
}
