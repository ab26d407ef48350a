using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Samples;

/// <summary>The samples as a reader of the quick start runs them.</summary>
[Collection(StandaloneCollection.Name)]
public sealed class SampleTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Fact]
    public async Task The_screen_shows_a_call_and_answers_it()
    {
        var id = NewId();
        var screen = Own(Screen(fixture.Server, id));
        screen.Launch();
        await ConnectedAsync(fixture.Server, id);

        var answer = await fixture.Server.Operations.CallAsync("caller", id, """{"callCode":"A12","patientName":"张三","windowId":"3","doctorName":"李医生"}""");
        var older = await fixture.Server.Operations.CallerCallAsync($$"""{"clinicId":"{{id}}","callCode":"B7","patientName":"李四","windowId":2}""");

        Assert.Equal(("completed", "0"), (answer.Outcome, answer["code"]));
        Assert.Contains("A12", answer["data"], StringComparison.Ordinal);
        Assert.Equal("0", older["code"]);
        await screen.WaitForOutputAsync("请 A12 号 张三 到 3 号窗口（李医生）");
        await screen.WaitForOutputAsync("请 B7 号 李四 到 2 号窗口");
        Assert.Equal(0, await screen.StopAsync());
        await Eventually.True(async () => (await fixture.Server.Operations.StatusAsync("caller", id))["connected"] == "false");
    }

    [Fact]
    public async Task The_screen_stays_away_when_another_one_took_over()
    {
        var id = NewId();
        var first = Own(Screen(fixture.Server, id));
        first.Launch();
        await ConnectedAsync(fixture.Server, id);

        var second = await Own(fixture.Server.OpenAsync("caller", id));

        Assert.Equal(1, await first.Exited.DefaultTimeout());
        Assert.Contains("another connection with the same id took over", first.Log.Text, StringComparison.Ordinal);
        Assert.True(second.IsConnected);
    }

    [Fact]
    public async Task The_screen_comes_back_when_the_server_does()
    {
        var server = Own(SwpProcess.Standalone());
        await server.StartAsync();
        var screen = Own(Screen(server, "999"));
        screen.Launch();
        await ConnectedAsync(server, "999");

        await server.StopAsync();
        await server.StartAsync();

        var answer = await server.Operations.CallAsync("caller", "999", """{"callCode":"A1","patientName":"王五"}""", waitForConnectMs: 30_000);
        Assert.Equal("completed", answer.Outcome);
        Assert.True(screen.IsRunning);
        Assert.Equal(0, await screen.StopAsync());
    }

    [Fact]
    public async Task The_hospital_system_prints_its_pages_and_leaves()
    {
        var his = Own(TestProcess.OfProject("Swp.Samples.His", $"--url=ws://{fixture.Server.Clients.Authority}/wss/his", $"--id={NewId()}", "--once", "--page-size=10"));
        his.Launch();

        Assert.Equal(0, await his.Exited.DefaultTimeout());
        Assert.All((string[])["feeItem", "diagnosis", "prescription", "material"], busiType => Assert.Contains($"{busiType}: page 1 of ", his.Log.Text, StringComparison.Ordinal));
        Assert.Contains("普通门诊挂号费", his.Log.Text, StringComparison.Ordinal);
        Assert.Empty(his.StandardError);
    }

    [Fact]
    public async Task The_hospital_system_fails_when_it_asks_for_what_there_is_not()
    {
        var his = Own(TestProcess.OfProject("Swp.Samples.His", $"--url=ws://{fixture.Server.Clients.Authority}/wss/his", $"--id={NewId()}", "--once", "--busi-type=nosuch"));
        his.Launch();

        Assert.Equal(1, await his.Exited.DefaultTimeout());
        Assert.Contains("nosuch", his.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_backend_service_calls_a_screen_through_orleans()
    {
        var id = NewId();
        var screen = await Own(fixture.Server.OpenAsync("caller", id));
        screen.AutoAnswer("""{"shown":true}""");
        var backend = Own(TestProcess.OfProject("Swp.Samples.Backend", $"--gateway=127.0.0.1:{fixture.Server.Settings["Swp:ClientGatewayPort"]}", $"--client=caller/{id}", "--count=2"));
        backend.Launch();

        Assert.Equal(0, await backend.Exited.DefaultTimeout());
        Assert.Contains("A01  completed", backend.Log.Text, StringComparison.Ordinal);
        Assert.Contains("A02  completed", backend.Log.Text, StringComparison.Ordinal);
        Assert.Equal(2, screen.Answered.Count);
        Assert.Contains("\"patientName\":\"张三\"", screen.Answered.First().Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_backend_service_says_when_the_screen_is_not_there()
    {
        var backend = Own(TestProcess.OfProject("Swp.Samples.Backend", $"--gateway=127.0.0.1:{fixture.Server.Settings["Swp:ClientGatewayPort"]}", $"--client=caller/{NewId()}", "--count=1"));
        backend.Launch();

        Assert.Equal(1, await backend.Exited.DefaultTimeout());
        Assert.Contains("unknown_client", backend.Log.Text, StringComparison.Ordinal);
    }

    private static TestProcess Screen(SwpProcess server, string id) =>
        TestProcess.OfProject("Swp.Samples.Caller", $"--url=ws://{server.Clients.Authority}/wss/caller", $"--id={id}");

    private static Task ConnectedAsync(SwpProcess server, string id) =>
        Eventually.True(async () => (await server.Operations.StatusAsync("caller", id)) is { Outcome: null } status && status["connected"] == "true");
}
