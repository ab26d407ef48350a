using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Console;

/// <summary>The console while members die.</summary>
public sealed class ConsoleClusterTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task A_member_that_dies_is_shown_and_the_rest_goes_on()
    {
        await using var cluster = await SwpCluster.StartAsync(silos: 1, gateways: 2);
        var (gateway1, gateway2) = (cluster.Gateways[0], cluster.Gateways[1]);
        var (here, there) = (NewId(), NewId());
        var client = await Own(gateway1.OpenAsync("caller", here));
        client.AutoAnswer();
        await Own(gateway2.OpenAsync("caller", there));
        var page = await OpenAsync(gateway1, $"/console/#caller/{here}");
        await Assertions.Expect(page.Locator("#tile-connected")).ToHaveTextAsync("2");
        await Assertions.Expect(page.Locator("#members tr")).ToContainTextAsync(["gateway1", "gateway2", "silo1"]);

        await gateway2.KillAsync();

        await Assertions.Expect(Member(page, "gateway2")).ToContainTextAsync("does not answer");
        await Assertions.Expect(page.Locator("#tile-silentMembers")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator("#tile-connected")).ToHaveTextAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("completed");
        await Assertions.Expect(Member(page, "gateway2")).ToContainTextAsync("gone", new() { Timeout = 30_000 });

        await gateway2.StartAsync();
        await Assertions.Expect(Member(page, "gateway2")).ToContainTextAsync("ready", new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("#members tr")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task The_gateway_of_the_page_is_stopped_and_started_and_the_page_says_so_and_goes_on()
    {
        var server = await StartAsync();
        var page = await OpenAsync(server, "/console/");
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        Assert.Equal(0, await server.StopAsync());
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Connection lost, trying again");
        await server.StartAsync();
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live", new() { Timeout = 30_000 });
    }

    // What a page asks of a gateway that is not there fails, and members say of a dead one that it is.
    protected override bool IsExpected(string complaint) => complaint.Contains("ERR_", StringComparison.Ordinal) || complaint.Contains("status of 503", StringComparison.Ordinal);

    private static ILocator Member(IPage page, string name) => page.Locator($"[data-member='{name}']");
}
