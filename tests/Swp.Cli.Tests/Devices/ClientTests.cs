using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;
using Swp.Testing.Tasks;

namespace Swp.Cli.Tests.Devices;

[Collection(ServerCollection.Name)]
public sealed class ClientTests(ServerFixture fixture)
{
    [Theory]
    [InlineData("echo", """{"a":1}""")]
    [InlineData("fixed:{\"shown\":true}", """{"shown":true}""")]
    public async Task Client_Asked_PrintsItAndAnswers(string rule, string answer)
    {
        var id = Guid.NewGuid().ToString("N");
        var tool = fixture.Tool();
        using var interrupt = new CancellationTokenSource();
        var running = tool.RunAsync(interrupt.Token, "client", $"caller/{id}", "--answer", rule);
        await ConnectedAsync(tool);

        var call = await fixture.Server.Operations.CallAsync("caller", id, """{"a":1}""");

        await interrupt.CancelAsync();
        var result = await running.DefaultTimeout();
        Assert.Equal((ExitCode.Ok, "completed"), (result.Code, call.Outcome));
        Assert.Equal(answer, call["data"]);
        Assert.EndsWith("""  {"a":1}""", result.Lines[0], StringComparison.Ordinal);
        Assert.Contains("  call  ", result.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(answer, result.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_AnswerNone_LeavesTheCallerWaiting()
    {
        var tool = fixture.Tool();
        using var interrupt = new CancellationTokenSource();
        var running = tool.RunAsync(interrupt.Token, "client", "caller/none-1", "--answer", "none", "--json");
        await ConnectedAsync(tool);
        Assert.Equal("timed_out", (await fixture.Server.Operations.CallAsync("caller", "none-1", timeoutMs: 100)).Outcome);
        await interrupt.CancelAsync();
        Assert.Equal(["opened", "call"], (await running.DefaultTimeout()).JsonLines.Select(line => line.GetProperty("event").GetString()));
    }

    [Fact]
    public async Task Client_AnswerAsk_SendsWhatIsTyped()
    {
        var typed = new TypedInput();
        var tool = fixture.Tool();
        tool.Input = typed;
        using var interrupt = new CancellationTokenSource();
        var running = tool.RunAsync(interrupt.Token, "client", "caller/ask-1", "--answer", "ask");
        await ConnectedAsync(tool);

        var calling = fixture.Server.Operations.CallAsync("caller", "ask-1", "\"ready?\"");
        await Eventually.True(() => tool.Out.Text.Contains("ready?", StringComparison.Ordinal));
        typed.Type("yes");

        Assert.Equal("yes", (await calling.DefaultTimeout())["data"]);
        await interrupt.CancelAsync();
        Assert.Equal(ExitCode.Ok, (await running.DefaultTimeout()).Code);
    }

    [Fact]
    public async Task Client_Once_AsksWhatIsTypedAndLeaves()
    {
        var tool = fixture.Tool();
        tool.Input = new StringReader("{\"busiType\":\"feeItem\",\"pageSize\":1}\n\n{\"busiType\":\"material\",\"pageSize\":1}\n");
        var result = await tool.RunAsync("client", "his/once-1", "--once", "--json").DefaultTimeout();
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Equal(["query", "reply", "query", "reply"], result.JsonLines.Select(line => line.GetProperty("event").GetString()).Where(name => name is "query" or "reply"));
        Assert.Contains("普通门诊挂号费", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_OnceWithAQueryThatFails_Fails()
    {
        var tool = fixture.Tool();
        tool.Input = new StringReader("hello\n");
        Assert.Equal(ExitCode.Failed, (await tool.RunAsync("client", "his/once-2", "--once").DefaultTimeout()).Code);
    }

    [Fact]
    public async Task Client_SentAway_StaysAway()
    {
        var tool = fixture.Tool();
        var running = tool.RunAsync("client", "caller/away-1", "--json");
        await ConnectedAsync(tool);
        await fixture.Tool().RunAsync("kick", "caller/away-1");
        var result = await running.DefaultTimeout();
        Assert.Equal((ExitCode.Failed, "4506"), (result.Code, result.JsonLines[^1].GetProperty("code").GetString()));
        Assert.Contains("Not connecting again: an operator disconnected this client (4506 disconnected_by_server)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ForeignPage_IsNotLetIn()
    {
        var result = await fixture.Tool().RunAsync("client", "caller/page-1", "--origin", "https://foreign.example").DefaultTimeout();
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains("4504", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ControlCharactersOfACaller_DoNotSteerTheTerminal()
    {
        var tool = fixture.Tool();
        using var interrupt = new CancellationTokenSource();
        var running = tool.RunAsync(interrupt.Token, "client", "caller/esc-1");
        await ConnectedAsync(tool);
        await fixture.Server.Operations.CallAsync("caller", "esc-1", "\"\\u001b[2J\"");
        await interrupt.CancelAsync();
        Assert.DoesNotContain('\u001b', (await running.DefaultTimeout()).Out);
    }

    private static Task ConnectedAsync(Tool tool) => Eventually.True(() => tool.Error.Text.Contains("Connected to", StringComparison.Ordinal));
}
