using System.Net;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;

namespace Swp.Browser.Tests.Pages;

/// <summary>What all pages share: how they are served, the theme, the language.</summary>
[Collection(OpenServerCollection.Name)]
public sealed class SharedGroundTests(Chromium chromium, OpenServer open) : BrowserTest(chromium, open.Server)
{
    [Fact]
    public async Task A_page_is_served_with_a_policy_that_lets_nothing_foreign_in_and_is_not_sent_twice()
    {
        using var http = new HttpClient(open.Server.Operations.NewHandler()) { BaseAddress = open.Server.Operations.Address };
        using var first = await http.GetAsync("/device/", TestContext.Current.CancellationToken);
        Assert.Equal("text/html; charset=utf-8", first.Content.Headers.ContentType?.ToString());
        var policy = Assert.Single(first.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(first.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(first.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());

        using var again = new HttpRequestMessage(HttpMethod.Get, "/device/");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.NotNull(second.Headers.ETag);
    }

    [Fact]
    public async Task The_clients_listener_serves_no_page()
    {
        using var http = new HttpClient { BaseAddress = open.Server.Clients };
        using var answer = await http.GetAsync("/device/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_theme_follows_the_system_and_a_choice_against_it_is_remembered()
    {
        var context = await NewContextAsync(open.Server, theme: ColorScheme.Dark);
        var page = await OpenAsync(context, "/device/");
        Assert.Equal("dark", await ThemeAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Light" }).ClickAsync();
        Assert.Equal("light", await ThemeAsync(page));

        var next = await OpenAsync(context, "/signin/");
        Assert.Equal("light", await ThemeAsync(next));
        await next.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();
        await next.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        Assert.Equal("light", await ThemeAsync(next));
    }

    [Theory]
    [InlineData("en-US", "Device", "中文", "设备")]
    [InlineData("zh-CN", "设备", "English", "Device")]
    [InlineData("de-DE", "Device", "中文", "设备")]
    public async Task The_language_is_the_browsers_and_a_choice_is_remembered(string locale, string title, string other, string otherTitle)
    {
        var context = await NewContextAsync(open.Server, locale);
        var page = await OpenAsync(context, "/device/");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = other }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(otherTitle);
        await page.ReloadAsync();
        await Assertions.Expect(page).ToHaveTitleAsync($"{otherTitle} · Swp");
        Assert.Equal(otherTitle == "设备" ? "zh-CN" : "en-GB", await page.EvaluateAsync<string>("document.documentElement.lang"));
    }

    [Fact]
    public async Task Without_keys_there_is_nothing_to_sign_in_to()
    {
        var page = await OpenAsync(open.Server, "/signin/");
        await Assertions.Expect(page.Locator("#open")).ToContainTextAsync("no API keys");
        await Assertions.Expect(page.GetByLabel("API key")).ToBeHiddenAsync();
    }

    // What is drawn, not what was set.
    private static async Task<string> ThemeAsync(IPage page)
    {
        var paper = await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        return paper switch { "rgb(246, 247, 246)" => "light", "rgb(18, 23, 22)" => "dark", _ => paper };
    }
}
