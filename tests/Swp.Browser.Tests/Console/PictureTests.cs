using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Clients;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Console;

/// <summary>The console as <c>docs/console.md</c> shows it: a cluster with something to do; nothing on it is wider than the window.</summary>
public sealed class PictureTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int Seconds = 25;

    [Fact]
    public async Task The_page_is_drawn()
    {
        await using var cluster = await SwpCluster.StartAsync(silos: 2, gateways: 2);
        var light = await OpenAsync(cluster.Gateways[0], "/console/#caller/clinic-3", height: 960, width: 1200);
        var dark = await OpenAsync(cluster.Gateways[1], "/console/#caller/clinic-3", "zh-CN", ColorScheme.Dark, height: 960, width: 1200);
        var small = await OpenAsync(cluster.Gateways[1], "/console/", height: 900, width: 390);
        for (var number = 1; number <= 12; number++)
        {
            var client = await Own(cluster.Gateways[number % 2].OpenAsync(number % 4 == 0 ? "his" : "caller", $"clinic-{number}"));
            client.AutoAnswer("""{"shown":true}""");
        }

        await Own(cluster.Gateways[1].ConnectAsync("nosuchtype"));
        await cluster.Gateways[0].Operations.BanAsync("caller", "clinic-99");
        var banned = await Own(cluster.Gateways[0].ConnectAsync("caller", TestClient.SubProtocol));
        await banned.SendTextAsync(TestClient.Frame("0001", """{"clientId":"clinic-99"}""", "\"open\""));
        for (var second = 0; second < Seconds; second++)
        {
            var shown = await light.Locator("#at").TextContentAsync();
            await Task.WhenAll(Enumerable.Range(0, 10 + (second % 7 * 5)).Select(number => cluster.Gateways[number % 2].Operations.CallAsync("caller", $"clinic-{1 + (2 * (number % 3))}")));
            await Task.WhenAll(Enumerable.Range(0, second % 5).Select(_ => cluster.Gateways[0].Operations.CallAsync("caller", "clinic-404")));
            await Assertions.Expect(light.Locator("#at")).Not.ToHaveTextAsync(shown!);
        }

        await light.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Assertions.Expect(light.Locator("#outcome")).ToContainTextAsync("completed");
        foreach (var (page, name) in ((IPage Page, string Name)[])[(light, "console-light"), (dark, "console-zh"), (small, "console-small")])
        {
            await Assertions.Expect(page.Locator("#refusals")).ToContainTextAsync("banned", new() { Timeout = 15_000 });
            await page.Locator("#first").ClickAsync();
            await Assertions.Expect(page.Locator("#connected tr").First).ToBeVisibleAsync();
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), name);
            await page.EvaluateAsync("scrollTo(0, 0)");
            await Picture.TakeAsync(page, name);
        }
    }

    // A client that is looked for before it has ever connected is a 404; and the cluster ends before the pages do.
    protected override bool IsExpected(string complaint) =>
        complaint.Contains("status of 404", StringComparison.Ordinal) || complaint.Contains("ERR_", StringComparison.Ordinal);
}
