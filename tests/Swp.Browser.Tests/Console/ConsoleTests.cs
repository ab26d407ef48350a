using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Swp.Browser.Tests.Kit;
using Swp.Testing.Clients;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.Browser.Tests.Console;

/// <summary>The operator's console of a server without keys: who opens it may do everything.</summary>
[Collection(OpenServerCollection.Name)]
public sealed partial class ConsoleTests(Chromium chromium, OpenServer open) : BrowserTest(chromium, open.Server)
{
    private SwpProcess Server => open.Server;

    [Fact]
    public async Task Counts_and_charts_move_when_clients_connect_and_leave()
    {
        var page = await OpenAsync(Server, "/");
        await page.WaitForURLAsync("**/console/");
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        await Assertions.Expect(page.Locator("#tile-connected")).ToHaveTextAsync("0");
        await Assertions.Expect(page.Locator("#members tr")).ToContainTextAsync(["ready"]);

        var clients = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ConnectAsync(NewId())));
        await Assertions.Expect(page.Locator("#tile-connected")).ToHaveTextAsync("3");
        await Assertions.Expect(page.Locator("#members tr")).ToContainTextAsync(["caller 3"]);
        await Assertions.Expect(page.Locator("#chart-connected li").First).ToContainTextAsync("3");

        // The line has risen: it is not all at one height.
        await Eventually.True(async () => Heights().Matches(await page.Locator("#chart-connected path.series-0").GetAttributeAsync("d") ?? "").Select(match => match.Value).Distinct().Count() > 1);

        foreach (var client in clients)
        {
            await client.CloseAsync();
        }

        await Assertions.Expect(page.Locator("#tile-connected")).ToHaveTextAsync("0");
    }

    [Fact]
    public async Task A_client_is_found_called_and_its_answer_shown()
    {
        var id = NewId();
        var client = await ConnectAsync(id);
        client.AutoAnswer("""{"shown":"<img src=x onerror=alert(1)>"}""");
        var page = await OpenAsync(Server, "/console/");
        await page.GetByLabel("Type", new() { Exact = true }).FillAsync("caller");
        await page.GetByLabel("Id", new() { Exact = true }).FillAsync(id);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#name")).ToHaveTextAsync($"caller/{id}");
        await Assertions.Expect(page.Locator("#client")).ToContainTextAsync("connected");
        await Assertions.Expect(page.Locator("#events")).ToContainTextAsync("connected");

        await page.GetByLabel("Data (JSON)").FillAsync("""{"callCode":"A12"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();

        // What came from the wire is text, and nothing but text.
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("completed");
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        Assert.Equal(0, await page.Locator("#client img").CountAsync());
        Assert.Contains("A12", Assert.Single(client.Answered).Data, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#events")).ToContainTextAsync("called: completed");

        await page.GetByRole(AriaRole.Button, new() { Name = "Send a message" }).ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("A message has no answer.");
        await page.GetByLabel("Data (JSON)").FillAsync("{");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToHaveTextAsync("The data is no JSON.");
    }

    [Fact]
    public async Task A_double_click_is_one_call()
    {
        var id = NewId();
        var client = await ConnectAsync(id);
        var page = await OpenAsync(Server, $"/console/#caller/{id}");
        await Assertions.Expect(page.Locator("#client")).ToContainTextAsync("connected");

        var call = page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true });
        await call.DblClickAsync();
        var request = await client.ReceiveFrameAsync();
        await Assertions.Expect(call).ToBeDisabledAsync();
        await client.AnswerAsync(request);
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("completed");
        await Assertions.Expect(call).ToBeEnabledAsync();
        Assert.False(client.HasFrame);
    }

    [Fact]
    public async Task Outcomes_say_whether_to_call_again()
    {
        var id = NewId();
        var client = await ConnectAsync(id);
        var page = await OpenAsync(Server, $"/console/#caller/{id}");
        await page.GetByLabel("Time-out, s").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("no answer in time (timed_out)");
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("call again only if twice does no harm");

        await page.GetByLabel("May be seen twice").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("May be called again without risk.");

        await client.CloseAsync();
        await Assertions.Expect(page.Locator("#client")).ToContainTextAsync("not connected");
        await page.GetByRole(AriaRole.Button, new() { Name = "Call", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("Call again when the client is back.");
        await Assertions.Expect(page.Locator("#events")).ToContainTextAsync("closed: 1000 left");
    }

    [Fact]
    public async Task A_client_is_disconnected_banned_and_let_in_again_only_when_confirmed()
    {
        var id = NewId();
        var client = await ConnectAsync(id);
        var page = await OpenAsync(Server, $"/console/#caller/{id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync($"Disconnect caller/{id}?");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        Assert.True(client.IsConnected);

        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await page.Locator("#yes").ClickAsync();
        Assert.Equal(4506, (await client.WaitForCloseAsync()).Code);
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("Its connection is closed");

        client = await ConnectAsync(id);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();
        await page.GetByLabel("Reason").FillAsync("<b>noise</b>");
        await page.Locator("#banFor").SelectOptionAsync("1");
        await page.Locator("#yes").ClickAsync();
        Assert.Equal(4505, (await client.WaitForCloseAsync()).Code);
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("in force, and written");
        await Assertions.Expect(page.Locator("#client")).ToContainTextAsync("<b>noise</b>");
        await Assertions.Expect(page.Locator("#events")).ToContainTextAsync("banned");

        var kept = await Own(Server.ConnectAsync("caller"));
        await kept.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}""", "\"open\""));
        await kept.WaitForCloseAsync();
        await Assertions.Expect(page.Locator("#refusals")).ToContainTextAsync("banned", new() { Timeout = 15_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Unban" }).ClickAsync();
        await page.Locator("#yes").ClickAsync();
        await Assertions.Expect(page.Locator("#outcome")).ToContainTextAsync("The ban is lifted");
        await ConnectAsync(id);
    }

    [Fact]
    public async Task Ids_are_text_wherever_they_appear()
    {
        const string Id = "<img src=x onerror=alert(1)> \"'&/%2F 叫号";
        await ConnectAsync(Id);
        var page = await OpenAsync(Server, "/console/");
        await page.GetByRole(AriaRole.Button, new() { Name = Id, Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#name")).ToHaveTextAsync($"caller/{Id}");
        await Assertions.Expect(page.Locator("#client")).ToContainTextAsync("connected");
        Assert.Equal(0, await page.Locator("main img").CountAsync());
    }

    [Theory]
    [InlineData(ColorScheme.Light, "rgb(246, 247, 246)")]
    [InlineData(ColorScheme.Dark, "rgb(18, 23, 22)")]
    public async Task The_page_speaks_Chinese_and_English_in_light_and_in_dark(ColorScheme theme, string paper)
    {
        var id = NewId();
        await ConnectAsync(id);
        var page = await OpenAsync(Server, $"/console/#caller/{id}", "zh-CN", theme);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("控制台");
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("实时");
        await Assertions.Expect(page.Locator("#events")).ToContainTextAsync("已连接");
        Assert.Equal(paper, await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));

        // What was drawn before is drawn again, and nothing is left in the other language.
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Console");
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        var text = (await page.InnerTextAsync("main")).Replace("叫号", "", StringComparison.Ordinal).Replace("医保", "", StringComparison.Ordinal);
        Assert.DoesNotMatch("[一-鿿]", text);
    }

    [Fact]
    public async Task Everything_is_reached_with_the_keyboard()
    {
        var id = NewId();
        await ConnectAsync(id);
        var page = await OpenAsync(Server, "/console/");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        var reached = new List<string>();
        await page.GetByLabel("Type", new() { Exact = true }).FocusAsync();
        for (var step = 0; step < 4; step++)
        {
            reached.Add(await page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.textContent"));
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal(["type", "id", "Show", "first"], reached);
        await page.GetByRole(AriaRole.Button, new() { Name = id }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#name")).ToHaveTextAsync($"caller/{id}");
        await Assertions.Expect(page.Locator("#client")).ToBeFocusedAsync();
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Eventually.True(async () => (await Server.Operations.GetAsync("/api/v1/overview")).Json.GetProperty("connected").GetInt32() == 0);
    }

    // Chromium complains of every answer that is no success; what a call comes to is one.
    protected override bool IsExpected(string complaint) => complaint.Contains("status of 404", StringComparison.Ordinal) || complaint.Contains("status of 504", StringComparison.Ordinal);

    private Task<TestClient> ConnectAsync(string id) => Own(Server.OpenAsync("caller", id));

    [GeneratedRegex(@" \d+\.\d")]
    private static partial Regex Heights();
}
