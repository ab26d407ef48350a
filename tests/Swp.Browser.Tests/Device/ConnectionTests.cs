using System.Net;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Tasks;
using Swp.Testing.Tokens;

namespace Swp.Browser.Tests.Device;

/// <summary>How the page connects, what it says of its state, and how it follows the close codes.</summary>
[Collection(OpenServerCollection.Name)]
public sealed class ConnectionTests(Chromium chromium, OpenServer open) : BrowserTest(chromium, open.Server)
{
    [Fact]
    public async Task Connected_it_says_by_whom_it_is_held_and_that_its_heartbeat_was_heard()
    {
        var id = NewId();
        var device = await OpenDeviceAsync();
        Assert.Equal(["caller", "his"], await device.Page.Locator("#types option").EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.value).sort()"));
        await Assertions.Expect(device.State).ToHaveTextAsync("Not connected");
        await device.OpenAsync("caller", id);

        await Assertions.Expect(device.Page.Locator("#fact-beats")).ToHaveTextAsync("1");
        var status = await open.Server.Operations.StatusAsync("caller", id);
        await Assertions.Expect(device.Page.Locator("#fact-epoch")).ToHaveTextAsync(status["epoch"]!);
        await Assertions.Expect(device.Page.Locator("#fact-owner")).ToHaveTextAsync(status["owner"]!);
        Assert.NotNull(status["lastHeartbeat"]);

        await device.Page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Assertions.Expect(device.State).ToHaveTextAsync("Not connected");
        await Eventually.True(async () => (await open.Server.Operations.StatusAsync("caller", id))["connected"] == "false");
    }

    [Fact]
    public async Task Disconnected_on_purpose_it_stays_away_until_a_person_says_otherwise()
    {
        var id = NewId();
        var device = await OpenDeviceAsync();
        await device.OpenAsync("caller", id);
        var call = open.Server.Operations.CallAsync("caller", id);
        await Assertions.Expect(device.Calls).ToHaveCountAsync(1);

        Assert.Equal(HttpStatusCode.NoContent, (await open.Server.Operations.DisconnectAsync("caller", id)).Status);
        await Assertions.Expect(device.State).ToHaveTextAsync("Closed, and not connecting again");
        await Assertions.Expect(device.Close).ToContainTextAsync("4506 disconnected_by_server – Somebody disconnected this client on purpose.");
        await Assertions.Expect(device.Calls).ToContainTextAsync("it cannot be answered any more");
        Assert.Equal("lost_in_flight", (await call.DefaultTimeout()).Outcome);

        await device.Page.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await Assertions.Expect(device.State).ToHaveTextAsync("Open");
        await Assertions.Expect(device.Close).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Taken_over_it_leaves_the_place_to_the_newer_connection()
    {
        var id = NewId();
        var first = await OpenDeviceAsync();
        await first.OpenAsync("caller", id);
        var second = await OpenDeviceAsync();
        await second.OpenAsync("caller", id);
        await Assertions.Expect(first.Close).ToContainTextAsync("4502 superseded");
        await Assertions.Expect(second.State).ToHaveTextAsync("Open");
    }

    [Fact]
    public async Task Banned_or_of_an_unknown_type_it_says_so_and_stops()
    {
        var id = NewId();
        await open.Server.Operations.BanAsync("caller", id, """{"reason":"lost its way"}""");
        var device = await OpenDeviceAsync();
        await device.ConnectAsync("caller", id);
        await Assertions.Expect(device.Close).ToContainTextAsync("4505 banned");
        await Assertions.Expect(device.Close).ToContainTextAsync("lost its way");
        await Assertions.Expect(device.State).ToHaveTextAsync("Closed, and not connecting again");

        await device.ConnectAsync("nobody", id);
        await Assertions.Expect(device.Close).ToContainTextAsync("4500 unknown_client_type – There is no such client type.");
    }

    [Fact]
    public async Task A_server_that_goes_away_and_comes_back_has_its_client_again()
    {
        var id = NewId();
        var server = await StartAsync();
        var device = await DevicePage.OfAsync(OpenAsync(server, "/device/"));
        await device.OpenAsync("caller", id);

        Assert.Equal(0, await server.StopAsync());
        await Assertions.Expect(device.Close).ToContainTextAsync("1006");
        await server.StartAsync();
        await Assertions.Expect(device.State).ToHaveTextAsync("Open", new() { Timeout = 30_000 });
        Assert.Equal("true", (await server.Operations.StatusAsync("caller", id))["connected"]);
    }

    [Fact]
    public async Task A_token_is_asked_for_where_a_type_needs_one_and_a_wrong_one_is_told()
    {
        var id = NewId();
        using var signer = TokenSigner.Ecdsa("key-1");
        using var keys = new JwksServer(signer);
        var server = await StartAsync(
            ("Swp:Types:caller:Authentication", "Token"),
            ("Swp:Tokens:JwksUrl", keys.Url),
            ("Swp:Tokens:Issuer", "https://issuer.example"),
            ("Swp:Tokens:Audience", "swp"),
            ("Swp:Tokens:ClockSkew", "00:00:00"));
        var device = await DevicePage.OfAsync(OpenAsync(server, "/device/"));
        await device.Page.GetByLabel("Type").FillAsync("his");
        await Assertions.Expect(device.Page.GetByLabel("Token")).ToBeHiddenAsync();
        await device.ConnectAsync("caller", id, token: "wrong");
        await Assertions.Expect(device.Close).ToContainTextAsync("4501 unauthorized – The token, or the type's service, refused this client.");

        await device.ConnectAsync("caller", id, TokenOf(signer, id, TimeSpan.FromSeconds(3)));
        await Assertions.Expect(device.State).ToHaveTextAsync("Open");
        await Assertions.Expect(device.Page.Locator("#log")).Not.ToContainTextAsync("eyJ");

        // It runs out: what the page has is of no use any more.
        await Assertions.Expect(device.State).ToHaveTextAsync("Waits for a new token");
        await Assertions.Expect(device.Close).ToContainTextAsync("4006 token_expired");
        await device.Page.GetByLabel("Token").FillAsync(TokenOf(signer, id, TimeSpan.FromMinutes(5)));
        await device.Page.GetByLabel("Token").BlurAsync();
        await Assertions.Expect(device.State).ToHaveTextAsync("Open");

        // A fresh one in time keeps the connection.
        var opens = device.Log.Filter(new() { HasText = "OPEN" });
        var before = await opens.CountAsync();
        await device.Page.GetByRole(AriaRole.Button, new() { Name = "Send new token" }).ClickAsync();
        await Assertions.Expect(opens).ToHaveCountAsync(before + 2);
        await Assertions.Expect(device.State).ToHaveTextAsync("Open");
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        var id = NewId();
        var device = await OpenDeviceAsync();
        var page = device.Page;
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByLabel("Type")).ToBeFocusedAsync();
        Assert.NotEqual("none", await page.GetByLabel("Type").EvaluateAsync<string>("node => getComputedStyle(node).outlineStyle"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(id);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(device.State).ToHaveTextAsync("Open");

        var call = open.Server.Operations.CallAsync("caller", id, """{"callCode":"B7"}""");
        await Assertions.Expect(device.Calls).ToHaveCountAsync(1);

        // What arrives does not take the focus from where one is.
        await Assertions.Expect(page.GetByLabel("Id", new() { Exact = true })).ToBeFocusedAsync();
        var answer = device.Calls.GetByLabel("Answer (JSON)");
        for (var tabs = 0; tabs < 30 && !await answer.EvaluateAsync<bool>("node => node === document.activeElement"); tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Control+Enter");
        Assert.Equal("""{"shown":true,"callCode":"B7"}""", (await call.DefaultTimeout()).RawData);
    }

    // A socket that is refused, and a server that is away, are what some of these tests are about.
    protected override bool IsExpected(string complaint) => complaint.Contains("WebSocket connection to", StringComparison.Ordinal);

    private static string TokenOf(TokenSigner signer, string id, TimeSpan life)
    {
        var claims = TokenSigner.Claims(id, TimeProvider.System.GetUtcNow() + life);
        claims["iss"] = "https://issuer.example";
        claims["aud"] = "swp";
        return signer.Token(claims);
    }

    private Task<DevicePage> OpenDeviceAsync() => DevicePage.OfAsync(OpenAsync(open.Server, "/device/"));
}
