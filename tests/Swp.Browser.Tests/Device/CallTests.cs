using System.Net;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Tasks;

namespace Swp.Browser.Tests.Device;

/// <summary>What the server asks: seen, and answered by hand or by rule.</summary>
[Collection(OpenServerCollection.Name)]
public sealed class CallTests(Chromium chromium, OpenServer open) : BrowserTest(chromium, open.Server)
{
    private const string ClinicCall = """{"callCode":"A12","patientName":"张三","doctorName":"李医生","windowId":"3"}""";

    [Fact]
    public async Task A_clinics_call_is_shown_large_read_aloud_and_answered_by_hand()
    {
        var id = NewId();
        var device = await OpenDeviceAsync();
        await device.OpenAsync("caller", id);
        var call = open.Server.Operations.CallAsync("caller", id, ClinicCall);

        await Assertions.Expect(device.Screen.Locator(".number strong")).ToHaveTextAsync("A12");
        await Assertions.Expect(device.Screen.Locator(".patient strong")).ToHaveTextAsync("张三");
        await Assertions.Expect(device.Screen.Locator(".window strong")).ToHaveTextAsync("3");
        await Assertions.Expect(device.Screen.Locator(".doctor strong")).ToHaveTextAsync("李医生");
        var size = await device.Screen.Locator(".number strong").EvaluateAsync<double>("node => parseFloat(getComputedStyle(node).fontSize)");
        Assert.True(size >= 56, $"{size} px");
        await Assertions.Expect(device.Said).ToHaveTextAsync("Calling A12 张三. Please go to window 3.");
        Assert.Equal("assertive", await device.Said.GetAttributeAsync("aria-live"));

        Assert.False(call.IsCompleted);
        await device.Calls.GetByLabel("Answer (JSON)").FillAsync("""{"by":"hand"}""");
        await device.Calls.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();

        var answer = await call.DefaultTimeout();
        Assert.Equal(("completed", """{"by":"hand"}"""), (answer.Outcome, answer.RawData));
        await Assertions.Expect(device.Calls).ToContainTextAsync("answered");
    }

    [Fact]
    public async Task A_call_can_be_refused_and_what_is_no_JSON_is_not_sent()
    {
        var id = NewId();
        var device = await OpenDeviceAsync();
        await device.OpenAsync("caller", id);
        var call = open.Server.Operations.CallAsync("caller", id, """{"text":"hello"}""");
        await device.Calls.GetByLabel("Answer (JSON)").FillAsync("{");
        await device.Calls.GetByRole(AriaRole.Button, new() { Name = "Answer", Exact = true }).ClickAsync();
        await Assertions.Expect(device.Calls.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is no JSON.");
        await Assertions.Expect(device.Screen).ToContainTextAsync("\"text\": \"hello\"");

        await device.Calls.GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();
        var answer = await call.DefaultTimeout();
        Assert.Equal(("completed", "1", "refused by hand"), (answer.Outcome, answer["code"], answer["msg"]));
    }

    [Fact]
    public async Task Calls_are_answered_with_what_came_with_one_JSON_after_a_while_or_never()
    {
        var id = NewId();
        var device = await OpenDeviceAsync();
        await device.OpenAsync("caller", id);

        await device.AnswerAsync("with what came");
        Assert.Equal("""{"n":12345678901234567890.10}""", (await open.Server.Operations.CallAsync("caller", id, """{"n":12345678901234567890.10}""")).RawData.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\u0022", "\"", StringComparison.Ordinal));

        await device.AnswerAsync("with the same JSON each time");
        await device.Page.GetByLabel("Answer (JSON)").First.FillAsync("""{"fixed":1}""");
        await device.Page.GetByLabel("Seconds until then").FillAsync("0.5");
        var answer = await open.Server.Operations.CallAsync("caller", id);
        Assert.Equal("""{"fixed":1}""", answer.RawData);
        Assert.True(double.Parse(answer["elapsedMs"]!, System.Globalization.CultureInfo.InvariantCulture) >= 400, answer["elapsedMs"]);

        await device.AnswerAsync("never");
        Assert.Equal((HttpStatusCode.GatewayTimeout, "timed_out"), await OutcomeAsync(id));
    }

    [Fact]
    public async Task What_comes_from_the_wire_is_text_whatever_it_looks_like()
    {
        const string Script = "<img src=x onerror=\\\"window.hacked=1\\\"><script>window.hacked=1</script>";
        var id = NewId();
        var device = await OpenDeviceAsync();
        await device.OpenAsync("caller", id);
        await device.AnswerAsync("with what came");
        foreach (var data in new[] { $$"""{"callCode":"{{Script}}","patientName":"{{Script}}","windowId":"{{Script}}","doctorName":"{{Script}}"}""", $"\"{Script}\"", $$"""{"{{Script}}":["{{Script}}"]}""" })
        {
            Assert.Equal("completed", (await open.Server.Operations.CallAsync("caller", id, data)).Outcome);
        }

        await Assertions.Expect(device.Calls).ToHaveCountAsync(3);
        await device.AskAsync($$"""{"html":"{{Script}}"}""");
        await Assertions.Expect(device.Reply).ToContainTextAsync("onerror");
        await Assertions.Expect(device.Log.First).ToContainTextAsync("onerror");
        Assert.Equal(0, await device.Page.Locator("main img, main script").CountAsync());
        Assert.True(await device.Page.EvaluateAsync<bool>("window.hacked === undefined"));

        // And were it markup one day: the browser makes none of text.
        Assert.Contains("TrustedHTML", await device.Page.EvaluateAsync<string>("(() => { try { document.body.innerHTML = '<b>'; return ''; } catch (e) { return e.message; } })()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_calls_and_frames_the_latest_are_kept()
    {
        var id = NewId();
        var device = await OpenDeviceAsync();
        await device.OpenAsync("caller", id);
        await device.AnswerAsync("with what came");
        await Parallel.ForAsync(0, 130, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            Assert.Equal("completed", (await open.Server.Operations.CallAsync("caller", id, $"{i}")).Outcome));

        await Assertions.Expect(device.Calls).ToHaveCountAsync(50);
        await Assertions.Expect(device.Log).ToHaveCountAsync(200);
    }

    // What the page tries on itself, in the test of what is text.
    protected override bool IsExpected(string complaint) => complaint.Contains("TrustedHTML", StringComparison.Ordinal);

    private async Task<(HttpStatusCode Status, string? Outcome)> OutcomeAsync(string id)
    {
        var answer = await open.Server.Operations.CallAsync("caller", id, timeoutMs: 300);
        return (answer.Status, answer.Outcome);
    }

    private Task<DevicePage> OpenDeviceAsync() => DevicePage.OfAsync(OpenAsync(open.Server, "/device/"));
}
