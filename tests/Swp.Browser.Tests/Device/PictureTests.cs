using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;

namespace Swp.Browser.Tests.Device;

/// <summary>The device page as <c>docs/device.md</c> shows it; nothing on it is wider than the window.</summary>
[Collection(OpenServerCollection.Name)]
public sealed class PictureTests(Chromium chromium, OpenServer open) : BrowserTest(chromium, open.Server)
{
    [Theory]
    [InlineData("device", "en-GB", ColorScheme.Light, 1200, 820)]
    [InlineData("device-zh-dark", "zh-CN", ColorScheme.Dark, 1200, 820)]
    [InlineData("device-small", "en-GB", ColorScheme.Light, 390, 780)]
    public async Task The_page_is_drawn(string name, string locale, ColorScheme theme, int width, int height)
    {
        const string Id = "999";
        var device = await DevicePage.OfAsync(OpenAsync(open.Server, $"/device/?type=caller&id={Id}", locale, theme, width, height));
        await device.Page.Locator("#connect").ClickAsync();
        await Assertions.Expect(device.State).ToHaveAttributeAsync("data-phase", "open");
        await device.Page.Locator("input[value=echo]").CheckAsync();
        await open.Server.Operations.CallAsync("caller", Id, """{"callCode":"A11","patientName":"王芳","windowId":"2"}""");
        await device.Page.Locator("input[value=hand]").CheckAsync();
        var call = open.Server.Operations.CallAsync("caller", Id, """{"callCode":"A12","patientName":"张三","doctorName":"李医生","windowId":"3"}""");
        await Assertions.Expect(device.Calls).ToHaveCountAsync(2);
        Assert.True(await device.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        await device.Page.EvaluateAsync("scrollTo(0, 0)");
        await Picture.TakeAsync(device.Page, name);
        await device.Calls.First.Locator("button.primary").ClickAsync();
        Assert.Equal("completed", (await call).Outcome);
    }
}
