using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;

namespace Swp.Browser.Tests.Device;

/// <summary>What the page asks the server.</summary>
[Collection(OpenServerCollection.Name)]
public sealed class QueryTests(Chromium chromium, OpenServer open) : BrowserTest(chromium, open.Server)
{
    [Fact]
    public async Task An_answer_is_shown_and_a_refusal_says_whether_to_ask_again()
    {
        var device = await DevicePage.OfAsync(OpenAsync(open.Server, "/device/"));
        await Assertions.Expect(device.Page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true })).ToBeDisabledAsync();
        await device.OpenAsync("his", NewId());
        await device.AskAsync("""{"busiType":"feeItem","pageSize":2,"pageIndex":1}""");
        await Assertions.Expect(device.Reply).ToContainTextAsync("Answered after");
        await Assertions.Expect(device.Reply).ToContainTextAsync("\"pageSize\": 2");

        await device.AskAsync("""{"busiType":"nonsense"}""");
        await Assertions.Expect(device.Reply).ToContainTextAsync("Refused after");
        await Assertions.Expect(device.Reply).ToContainTextAsync("The service refused the query. Asking again the same way will not help.");

        await device.AskAsync("{");
        await Assertions.Expect(device.Page.Locator("#question-problem")).ToHaveTextAsync("This is no JSON.");
    }

    [Fact]
    public async Task The_page_speaks_Chinese_while_it_runs()
    {
        var id = NewId();
        var device = await DevicePage.OfAsync(OpenAsync(open.Server, $"/device/?type=caller&id={id}", locale: "zh-CN"));
        await device.Page.GetByRole(AriaRole.Button, new() { Name = "连接", Exact = true }).ClickAsync();
        await Assertions.Expect(device.State).ToHaveTextAsync("已打开");
        await open.Server.Operations.MessageAsync("caller", id, """{"callCode":"A12","patientName":"张三","windowId":"3"}""");
        await Assertions.Expect(device.Said).ToHaveTextAsync("请 A12 张三 到 3 号窗口。");

        // Nothing that is under way is lost by changing over.
        await device.Calls.GetByLabel("应答（JSON）").FillAsync("[1]");
        await device.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(device.State).ToHaveTextAsync("Open");
        await Assertions.Expect(device.Calls.GetByLabel("Answer (JSON)")).ToHaveValueAsync("[1]");
        await open.Server.Operations.DisconnectAsync("caller", id);
        await Assertions.Expect(device.Close).ToContainTextAsync("on purpose");
        await device.Page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        await Assertions.Expect(device.Close).ToContainTextAsync("有人主动断开");
    }
}
