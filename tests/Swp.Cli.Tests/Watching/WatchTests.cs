using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;
using Swp.Testing.Tasks;

namespace Swp.Cli.Tests.Watching;

[Collection(ServerCollection.Name)]
public sealed class WatchTests(ServerFixture fixture)
{
    [Fact]
    public async Task Watch_CallsAndARefusal_AreCounted()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "watch-1");
        client.AutoAnswer("1");
        await fixture.Tool().RunAsync("ban", "caller/watch-2");
        var tool = fixture.Tool();
        using var interrupt = new CancellationTokenSource();
        var watching = tool.RunAsync(interrupt.Token, "watch", "--json", "--interval", "100ms");
        await Eventually.True(() => tool.Out.Text.Length > 0);

        await fixture.Tool().RunAsync("call", "caller/watch-1", "1");
        await using var refused = await fixture.Server.ConnectAsync("caller");
        await refused.SendTextAsync("""{"sessionType":"0001","data":{"clientId":"watch-2"},"uuid":"1"}""");
        await Eventually.True(() => tool.Out.Text.Contains("\"completed\"", StringComparison.Ordinal) && tool.Out.Text.Contains("\"open banned\"", StringComparison.Ordinal));

        await interrupt.CancelAsync();
        var result = await watching.DefaultTimeout();
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.True(result.JsonLines[^1].GetProperty("outcomes").GetProperty("completed").GetProperty("total").GetInt64() >= 1);
        Assert.True(result.JsonLines[^1].GetProperty("connected").GetInt32() >= 1);
    }

    [Fact]
    public async Task Watch_Redirected_PrintsALinePerInterval()
    {
        var result = await fixture.Tool().RunAsync("watch", "--interval", "100ms", "--count", "3");
        Assert.Equal((ExitCode.Ok, 3), (result.Code, result.Lines.Length));
        Assert.All(result.Lines, line => Assert.Matches("^20[0-9: -]+Z  connected=[0-9]+  caller=[0-9]+  his=[0-9]+  calls/s=", line));
        Assert.DoesNotContain('\u001b', result.Out);
    }

    [Fact]
    public async Task Watch_OnATerminal_DrawsAPicture()
    {
        var tool = fixture.Tool();
        tool.IsTerminal = true;
        var result = await tool.RunAsync("watch", "--interval", "100ms", "--count", "1");
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Contains("connected", result.Out, StringComparison.Ordinal);
        Assert.Contains("╭", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ServerGoesAway_GoesOnAndSaysSo()
    {
        var member = await FakeMember.StartAsync();
        var tool = member.Tool();
        using var interrupt = new CancellationTokenSource();
        var watching = tool.RunAsync(interrupt.Token, "watch", "--interval", "100ms");
        await Eventually.True(() => tool.Out.Text.Length > 0);
        await member.DisposeAsync();
        await Eventually.True(() => tool.Error.Text.Contains("refuses the connection", StringComparison.Ordinal));
        await interrupt.CancelAsync();
        Assert.Equal(ExitCode.Ok, (await watching.DefaultTimeout()).Code);
    }

    [Fact]
    public async Task Watch_NobodyListens_EndsAtOnce() =>
        Assert.Equal(ExitCode.Unreachable, (await new Tool().RunAsync("watch", "--url", "http://127.0.0.1:1")).Code);

    [Fact]
    public async Task Watch_IntervalTooShort_IsAUsageError() => Assert.Equal(ExitCode.Usage, (await fixture.Tool().RunAsync("watch", "--interval", "1ms")).Code);
}
