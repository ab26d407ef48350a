using Microsoft.Playwright;

namespace Swp.Browser.Tests.Device;

/// <summary>The device page as a person uses it, in English.</summary>
internal sealed class DevicePage(IPage page)
{
    public IPage Page => page;

    public ILocator State => page.Locator("#state");

    public ILocator Close => page.Locator("#close");

    public ILocator Screen => page.Locator("#screen");

    public ILocator Said => page.Locator("#said");

    public ILocator Calls => page.Locator("#calls > li");

    public ILocator Log => page.Locator("#log > li");

    public ILocator Reply => page.Locator("#reply");

    /// <summary>Opens it and waits until its script has.</summary>
    public static async Task<DevicePage> OfAsync(Task<IPage> opening)
    {
        var page = await opening;
        await page.Locator("html[data-ready]").WaitForAsync();
        return new DevicePage(page);
    }

    /// <summary>Connects as a client and waits until it is one.</summary>
    public async Task OpenAsync(string type, string id)
    {
        await ConnectAsync(type, id);
        await Assertions.Expect(State).ToHaveTextAsync("Open");
    }

    /// <summary>Connects as a client.</summary>
    public async Task ConnectAsync(string type, string id, string? token = null)
    {
        await page.GetByLabel("Type").FillAsync(type);
        await page.GetByLabel("Id", new() { Exact = true }).FillAsync(id);
        if (token is not null)
        {
            await page.GetByLabel("Token").FillAsync(token);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
    }

    /// <summary>Chooses how calls are answered: the words of the choice.</summary>
    public Task AnswerAsync(string how) => page.GetByRole(AriaRole.Radio, new() { Name = how }).CheckAsync();

    /// <summary>Asks the server.</summary>
    public async Task AskAsync(string question)
    {
        await page.GetByLabel("Question").FillAsync(question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }
}
