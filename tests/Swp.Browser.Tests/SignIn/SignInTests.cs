using System.Net;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.SignIn;

/// <summary>A person signs in with a key, in a browser.</summary>
public sealed class SignInTests(Chromium chromium) : BrowserTest(chromium)
{
    private readonly ApiKeys _keys = new();

    [Fact]
    public async Task A_key_opens_a_session_that_ends_with_the_key()
    {
        var key = _keys.Add("ops", "admin");
        _keys.Add("other", "read");
        var server = await StartWithKeysAsync();
        var context = await NewContextAsync(server);
        var page = await OpenAsync(context, "/signin/?then=/device/");

        await page.GetByLabel("API key").FillAsync("swp_" + new string('x', 60));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This key is not known here.");
        Assert.Equal(401, await StatusOfAsync(page, "/api/v1/types"));

        await page.GetByLabel("API key").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/device/");
        await Assertions.Expect(page.Locator("#who")).ToHaveTextAsync("ops");
        Assert.Equal(200, await StatusOfAsync(page, "/api/v1/types"));
        var cookie = Assert.Single(await context.CookiesAsync());
        Assert.True(cookie is { HttpOnly: true, SameSite: SameSiteAttribute.Strict }, $"{cookie.HttpOnly} {cookie.SameSite}");
        Assert.DoesNotContain(key, await page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"), StringComparison.Ordinal);

        _keys.Remove("ops");
        await _keys.WriteAsync(server);
        await server.WaitForOutputAsync("The API keys have changed. In force are: other");
        Assert.Equal(401, await StatusOfAsync(page, "/api/v1/types"));
        await server.WaitForOutputAsync("Swp.Audit sign-in by ops from 127.0.0.1");
    }

    [Fact]
    public async Task Who_signs_out_is_nobody_again()
    {
        var key = _keys.Add("ops", "read");
        var server = await StartWithKeysAsync();
        var page = await OpenAsync(server, "/signin/");
        await page.GetByLabel("API key").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Equal(401, await StatusOfAsync(page, "/api/v1/types"));
    }

    [Fact]
    public async Task Nobody_is_sent_elsewhere_after_signing_in()
    {
        var key = _keys.Add("ops", "read");
        var server = await StartWithKeysAsync();
        foreach (var then in new[] { "https://evil.example/", "//evil.example/", @"/\evil.example/", "javascript:alert(1)", "http://[" })
        {
            var page = await OpenAsync(server, $"/signin/?then={WebUtility.UrlEncode(then)}");
            await page.GetByLabel("API key").FillAsync(key);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync("**/device/");
        }

        // Of this server, with a path that would be another server's name by itself.
        var here = await OpenAsync(server, $"/signin/?then={WebUtility.UrlEncode("/.//evil.example/")}");
        await here.GetByLabel("API key").FillAsync(key);
        await here.Keyboard.PressAsync("Enter");
        await here.WaitForURLAsync("**//evil.example/");
        Assert.Equal(server.Operations.Address.Authority, new Uri(here.Url).Authority);
    }

    // Chromium complains of every 401, and of the page that is not there.
    protected override bool IsExpected(string complaint) =>
        complaint.Contains("status of 401", StringComparison.Ordinal) || complaint.Contains("status of 404", StringComparison.Ordinal);

    private async Task<SwpProcess> StartWithKeysAsync()
    {
        var server = Own(SwpProcess.Standalone());
        await _keys.WriteAsync(server);
        await server.StartAsync();
        return server;
    }

    private static Task<int> StatusOfAsync(IPage page, string path) => page.EvaluateAsync<int>("async path => (await fetch(path)).status", path);
}
