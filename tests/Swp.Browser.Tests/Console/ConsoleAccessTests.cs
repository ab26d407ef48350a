using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Console;

/// <summary>What the console lets whom do: the key decides.</summary>
public sealed partial class ConsoleAccessTests(Chromium chromium) : BrowserTest(chromium)
{
    private readonly ApiKeys _keys = new();

    [GeneratedRegex(@"/signin/\?then=")]
    private static partial Regex SignIn();

    [Fact]
    public async Task A_key_that_may_only_read_sees_everything_and_what_it_may_not_do_is_disabled()
    {
        var key = _keys.Add("monitor", "read");
        var server = await StartWithKeysAsync();
        var id = NewId();
        await Own(server.OpenAsync("caller", id));
        var page = await SignInAsync(server, key, $"/console/#caller/{id}");

        await Assertions.Expect(page.Locator("#tile-connected")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator("#events")).ToContainTextAsync("connected");
        foreach (var name in (string[])["Call", "Send a message", "Disconnect", "Ban", "Unban"])
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true })).ToBeDisabledAsync();
        }

        await Assertions.Expect(page.Locator("#ask")).ToContainTextAsync("This key lacks the scope call.");
        await Assertions.Expect(page.Locator("#administer")).ToContainTextAsync("This key lacks the scope admin.");
    }

    [Fact]
    public async Task A_key_that_may_call_calls_and_administers_nothing()
    {
        var key = _keys.Add("desk", "read,call");
        var server = await StartWithKeysAsync();
        var id = NewId();
        var client = await Own(server.OpenAsync("caller", id));
        client.AutoAnswer();
        var page = await SignInAsync(server, key, $"/console/#caller/{id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("completed");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_key_that_is_replaced_while_somebody_looks_leads_to_the_sign_in_page()
    {
        var key = _keys.Add("ops", "admin");
        var server = await StartWithKeysAsync();
        var page = await SignInAsync(server, key, "/console/");
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        _keys.Add("ops", "admin");
        await _keys.WriteAsync(server);
        await page.WaitForURLAsync(SignIn());
    }

    // Chromium complains of every 401, and of what was under way when a page is left.
    protected override bool IsExpected(string complaint) => complaint.Contains("status of 401", StringComparison.Ordinal) || complaint.Contains("ERR_ABORTED", StringComparison.Ordinal);

    private async Task<SwpProcess> StartWithKeysAsync()
    {
        var server = Own(SwpProcess.Standalone());
        await _keys.WriteAsync(server);
        await server.StartAsync();
        return server;
    }

    private async Task<IPage> SignInAsync(SwpProcess server, string key, string path)
    {
        var page = await OpenAsync(server, path);
        await page.WaitForURLAsync(SignIn());
        await page.GetByLabel("API key").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/console/**");
        return page;
    }
}
