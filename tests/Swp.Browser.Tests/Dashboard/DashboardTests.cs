using System.Net;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Processes;

namespace Swp.Browser.Tests.Dashboard;

/// <summary>The Orleans Dashboard, behind the keys of the server API.</summary>
public sealed class DashboardTests(Chromium chromium) : BrowserTest(chromium)
{
    private readonly ApiKeys _keys = new();

    [Fact]
    public async Task A_person_signs_in_and_sees_the_members_and_grains()
    {
        var admin = _keys.Add("ops", "admin");
        var reader = _keys.Add("monitor", "read");
        var server = Own(SwpProcess.Standalone(("Swp:Dashboard", "true")));
        await _keys.WriteAsync(server);
        await server.StartAsync();
        foreach (var path in new[] { "/dashboard/", "/dashboard/DashboardCounters", "/dashboard/index.min.js", "/dashboard/Trace" })
        {
            server.Operations.Key = null;
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.Operations.GetAsync(path)).Status);
            server.Operations.Key = reader;
            Assert.Equal(HttpStatusCode.Forbidden, (await server.Operations.GetAsync(path)).Status);
        }

        server.Operations.Key = admin;
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Operations.GetAsync("/dashboard/GrainState?grainId=caller%2F1&grainType=Swp.Grains.Clients.ClientGrain")).Status);

        var page = await OpenAsync(server, "/dashboard/");
        Assert.EndsWith("/signin/?then=%2Fdashboard%2F", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("API key").FillAsync(admin);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/dashboard/");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Active Silos1");

        // What it takes to look is counted too.
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("GetCountersDashboardGrain", new() { Timeout = 15_000 });
        await Picture.TakeAsync(page, "dashboard");
    }

    [Fact]
    public async Task Unless_it_is_asked_for_there_is_none()
    {
        var server = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Operations.GetAsync("/dashboard/")).Status);
        var page = await OpenAsync(server, "/device/");
        await page.Locator("html[data-ready]").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Orleans" })).ToHaveCountAsync(0);
    }
}
