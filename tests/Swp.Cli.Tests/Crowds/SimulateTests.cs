using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.Cli.Tests.Crowds;

[Collection(ServerCollection.Name)]
public sealed class SimulateTests(ServerFixture fixture)
{
    [Fact]
    public async Task Simulate_Crowd_ConnectsAnswersAndIsSummedUp()
    {
        var tool = fixture.Tool();
        using var interrupt = new CancellationTokenSource();
        var running = tool.RunAsync(interrupt.Token, "simulate", "20", "--id-prefix", "crowd-", "--ramp", "1000", "--silent", "10%", "--delay", "1ms..5ms", "--json");
        await Eventually.True(async () => (await fixture.Tool().RunAsync("ls", "caller", "--json")).Lines.Count(line => line.Contains("\"crowd-", StringComparison.Ordinal)) == 20);

        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => fixture.Server.Operations.CallAsync("caller", $"crowd-{number}", timeoutMs: 1000)));

        await interrupt.CancelAsync();
        var result = await running.DefaultTimeout();
        Assert.Equal(18, answers.Count(answer => answer.Outcome == "completed"));
        Assert.Equal(2, answers.Count(answer => answer.Outcome == "timed_out"));
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Equal((20, 20, 20, 18, 2), (Number("everConnected"), Number("connected"), Number("received"), Number("answered"), Number("unanswered")));

        int Number(string name) => result.Json.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Simulate_ClientsThatBreakOff_ComeBack()
    {
        var tool = fixture.Tool();
        var result = await tool.RunAsync("simulate", "10", "--id-prefix", "drop-", "--ramp", "1000", "--drop", "100%", "--drop-every", "200ms", "--duration", "2s", "--json").DefaultTimeout();
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.True(result.Json.GetProperty("drops").GetInt32() >= 10);
        Assert.True(result.Json.GetProperty("connects").GetInt32() > 10, result.Out);
        Assert.True(result.Json.GetProperty("ends").GetProperty("the connection was lost").GetInt32() >= 10);
    }

    [Fact]
    public async Task Simulate_Script_IsFollowedAndAnOptionCountsBeforeIt()
    {
        using var directory = new TemporaryDirectory();
        var script = Path.Combine(directory.Path, "crowd.json");
        await File.WriteAllTextAsync(script, """{"type":"his","idPrefix":"script-","ramp":1000,"duration":"1h","query":{"busiType":"feeItem","pageSize":1},"queryEvery":"50ms"}""", TestContext.Current.CancellationToken);
        var result = await fixture.Tool().RunAsync("simulate", "2", "--script", script, "--duration", "500ms").DefaultTimeout();
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Contains(result.Lines, line => line.StartsWith("ever connected", StringComparison.Ordinal) && line.EndsWith(" 2", StringComparison.Ordinal));
        Assert.Contains(result.Lines, line => line.StartsWith("queries that failed", StringComparison.Ordinal) && line.EndsWith(" 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Simulate_SentAway_Fails()
    {
        var result = await fixture.Tool().RunAsync("simulate", "2", "--type", "nosuch", "--ramp", "1000", "--duration", "100ms").DefaultTimeout();
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains(result.Lines, line => line.StartsWith("ended: the server does not know this type of client (4500", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Simulate_OnATerminal_DrawsABarAndATable()
    {
        var tool = fixture.Tool();
        tool.IsTerminal = true;
        var result = await tool.RunAsync("simulate", "3", "--id-prefix", "drawn-", "--ramp", "10", "--duration", "300ms").DefaultTimeout();
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Contains("everybody got in, and nobody was sent away", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_NobodyListens_EndsAtOnce() =>
        Assert.Equal(ExitCode.Unreachable, (await new Tool().RunAsync("simulate", "2", "--ws-url", "ws://127.0.0.1:1").DefaultTimeout()).Code);

    [Theory]
    [InlineData("0")]
    [InlineData("60000")]
    [InlineData("1", "--ramp", "0")]
    [InlineData("1", "--delay", "slow")]
    [InlineData("1", "--answer", "ask")]
    [InlineData("1", "--silent", "200%")]
    [InlineData("1", "--query", "1")]
    [InlineData("1", "--script", "/nosuch")]
    [InlineData("1", "--type", "No Type")]
    public async Task Simulate_WhatMakesNoSense_IsAUsageError(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, (await fixture.Tool().RunAsync(["simulate", .. arguments])).Code);

    [Fact]
    public async Task Simulate_ScriptWithAMisspeltName_IsAUsageError()
    {
        using var directory = new TemporaryDirectory();
        var script = Path.Combine(directory.Path, "crowd.json");
        await File.WriteAllTextAsync(script, """{"sielnt":"5%"}""", TestContext.Current.CancellationToken);
        var result = await fixture.Tool().RunAsync("simulate", "1", "--script", script);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("sielnt", result.Error, StringComparison.Ordinal);
    }
}
