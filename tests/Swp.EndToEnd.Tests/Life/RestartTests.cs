using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Life;

public sealed class RestartTests : EndToEndTest
{
    // A record is written at most a second late, and the embedded store puts it on the disk within a tenth.
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task A_stopped_server_says_so_to_its_clients_and_knows_them_when_it_is_back()
    {
        var server = Own(SwpProcess.Standalone());
        await server.StartAsync();
        var gone = await Own(server.OpenAsync("caller", "gone"));
        await gone.CloseAsync();
        var there = await Own(server.OpenAsync("caller", "there"));
        var epoch = long.Parse((await server.Operations.StatusAsync("caller", "there"))["epoch"]!);

        Assert.Equal(0, await server.StopAsync());
        Assert.Equal(new TestClose(4003, "draining"), await there.WaitForCloseAsync());
        Assert.Empty(server.StandardError);
        await server.StartAsync();

        await AssertKnownAsync(server, "gone");
        await AssertKnownAsync(server, "there");
        Assert.Equal("unknown_client", (await server.Operations.CallAsync("caller", "never")).Outcome);
        var back = await Own(server.OpenAsync("caller", "there"));
        back.AutoAnswer("\"back\"");
        Assert.Equal("\"back\"", (await server.Operations.CallAsync("caller", "there")).RawData);
        Assert.True(long.Parse((await server.Operations.StatusAsync("caller", "there"))["epoch"]!) > epoch);
    }

    [Fact]
    public async Task A_killed_server_knows_its_clients_when_it_is_back()
    {
        var server = Own(SwpProcess.Standalone());
        await server.StartAsync();
        var client = await Own(server.OpenAsync("caller", "there"));
        await (await Own(server.OpenAsync("caller", "gone"))).CloseAsync();
        var epoch = long.Parse((await server.Operations.StatusAsync("caller", "there"))["epoch"]!);
        await Task.Delay(WrittenWithin, TestContext.Current.CancellationToken);

        await server.KillAsync();
        Assert.Equal(TestClose.Abnormal, (await client.WaitForCloseAsync()).Code);
        await server.StartAsync();

        await AssertKnownAsync(server, "gone");
        await AssertKnownAsync(server, "there");
        await Own(server.OpenAsync("caller", "there"));
        Assert.True(long.Parse((await server.Operations.StatusAsync("caller", "there"))["epoch"]!) > epoch);
    }

    [Fact]
    public async Task A_server_that_is_killed_again_and_again_starts_again_and_again()
    {
        var server = Own(SwpProcess.Standalone());
        for (var life = 0; life < 2; life++)
        {
            await server.StartAsync();
            await Own(server.OpenAsync("caller", $"{life}"));
            await Task.Delay(WrittenWithin, TestContext.Current.CancellationToken);
            await server.KillAsync();
        }

        await server.StartAsync();
        for (var life = 0; life < 2; life++)
        {
            await AssertKnownAsync(server, $"{life}");
        }
    }

    [Fact]
    public async Task Its_data_is_where_the_setting_says()
    {
        var server = Own(SwpProcess.Standalone(("Swp:DataDirectory", "somewhere/else")));
        await server.StartAsync();

        Assert.True(Directory.Exists(Path.Combine(server.WorkingDirectory, "somewhere", "else")));
        Assert.False(Directory.Exists(Path.Combine(server.WorkingDirectory, ".swp")));
    }

    [Fact]
    public async Task Settings_can_stand_in_the_environment_and_the_last_word_is_the_command_lines()
    {
        var template = SwpProcess.Standalone();
        await using var _ = template;
        var arguments = template.Settings.Select(setting => $"--{setting.Key}={setting.Value}");
        var server = Own(new TestProcess(
            "standalone",
            "dotnet",
            [BuiltProgram.Find("Swp.Standalone"), .. arguments],
            new Dictionary<string, string?> { ["Swp__Types__caller__DisplayName"] = "屏幕", ["Swp__Listen__Clients"] = "http://127.0.0.1:1" }));
        server.Launch();
        await server.WaitForOutputAsync("Swp is ready.");

        var answer = await template.Operations.CallerCallAsync("""{"clinicId":1}""");

        Assert.Equal("""{"code":"SWP_00001","msg":"客户端[屏幕](1)未链接"}""", answer.Text);
        await Own(template.OpenAsync("caller", "1"));
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_draining_server_is_not_ready_takes_nobody_in_and_finishes_what_is_under_way()
    {
        var server = Own(SwpProcess.Standalone());
        await server.StartAsync();

        // It never answers the close frame, which holds the server up until its patience is over.
        var deaf = await Own(TestClient.ConnectWithoutReadingAsync(server.Clients, "caller"));
        await deaf.SendTextAsync(TestClient.Frame("0001", """{"clientId":"deaf"}"""));
        await Eventually.True(async () => (await server.Operations.StatusAsync("caller", "deaf")).Status == HttpStatusCode.OK);

        server.Terminate();
        await Eventually.True(async () => (await server.Operations.GetAsync("/health/ready")).Status == HttpStatusCode.ServiceUnavailable);
        var ready = await server.Operations.GetAsync("/health/ready");
        var live = await server.Operations.GetAsync("/health/live");
        var refused = await Assert.ThrowsAsync<HandshakeRefusedException>(() => server.ConnectAsync("caller"));

        Assert.Equal("draining\n", ready.Text);
        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(0, await server.Exited.DefaultTimeout());
    }

    private static async Task AssertKnownAsync(SwpProcess server, string id)
    {
        var answer = await server.Operations.CallAsync("caller", id);
        Assert.Equal("not_connected", answer.Outcome);
        Assert.NotNull(answer["lastSeen"]);
    }
}
