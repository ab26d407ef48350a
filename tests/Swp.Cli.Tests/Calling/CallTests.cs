using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.Cli.Tests.Calling;

[Collection(ServerCollection.Name)]
public sealed class CallTests(ServerFixture fixture)
{
    [Fact]
    public async Task Call_ClientAnswers_PrintsItsDataAsItCame()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "call-1");
        client.AutoAnswer("""{"price":1.00, "name":"张三"}""");

        var result = await fixture.Tool().RunAsync("call", "caller/call-1", """{"callCode":"A12"}""", "--uuid");

        Assert.Equal((ExitCode.Ok, "{\"price\":1.00, \"name\":\"张三\"}\n"), (result.Code, result.Out));
        Assert.Matches("^swp: completed in [0-9.]+ m?s \\(uuid [0-9a-f]{24}\\)\\.\n$", result.Error);
        Assert.Equal("""{"callCode":"A12"}""", Assert.Single(client.Answered).Data);
    }

    [Fact]
    public async Task Call_DataInAFileOrOnStandardInput_IsSentAsItIs()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "call-7");
        client.AutoAnswer("1");
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "call.json");
        await File.WriteAllTextAsync(file, """{"from":"file"}""", TestContext.Current.CancellationToken);
        var piped = fixture.Tool();
        piped.Input = new StringReader("""{"from":"input"}""");

        Assert.Equal(ExitCode.Ok, (await fixture.Tool().RunAsync("call", "caller/call-7", "@" + file)).Code);
        Assert.Equal(ExitCode.Ok, (await piped.RunAsync("call", "caller/call-7", "-")).Code);
        Assert.Equal(["""{"from":"file"}""", """{"from":"input"}"""], client.Answered.Select(call => call.Data));
    }

    [Fact]
    public async Task Call_Json_PrintsTheAnswerAsItCame()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "call-2");
        client.AutoAnswer("1");
        var result = await fixture.Tool().RunAsync("call", "caller/call-2", "--json");
        Assert.Equal(("completed", "0", 1), (result.Json.GetProperty("outcome").GetString(), result.Json.GetProperty("code").GetString(), result.Json.GetProperty("data").GetInt32()));
    }

    [Fact]
    public async Task Call_ClientFails_HasAnExitCodeOfItsOwn()
    {
        var tool = fixture.Tool();
        await using var client = await fixture.Server.OpenAsync("caller", "call-3");
        var calling = tool.RunAsync("call", "caller/call-3", "1");
        var question = await client.ReceiveFrameAsync();
        await client.AnswerAsync(question, data: null, code: "E7", message: "no paper");
        var result = await calling;
        Assert.Equal((ExitCode.ClientFailure, ""), (result.Code, result.Out));
        Assert.Contains("the client answered with its failure code E7: no paper.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NoAnswer_SaysThatItMayHaveBeenCarriedOut()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "call-4");
        var once = await fixture.Tool().RunAsync("call", "caller/call-4", "1", "--timeout", "100ms");
        var idempotent = await fixture.Tool().RunAsync("call", "caller/call-4", "1", "--timeout", "100ms", "--idempotent", "--json");
        Assert.Equal((ExitCode.Failed, ""), (once.Code, once.Out));
        Assert.StartsWith("swp: timed_out: ", once.Error, StringComparison.Ordinal);
        Assert.EndsWith("calling again may do it twice.\n", once.Error, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Failed, "timed_out", true), (idempotent.Code, idempotent.Json.GetProperty("outcome").GetString(), idempotent.Json.GetProperty("retryable").GetBoolean()));
        Assert.EndsWith("so call again.\n", idempotent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ClientThatComesLater_IsWaitedFor()
    {
        var calling = fixture.Tool().RunAsync("call", "caller/call-5", "1", "--wait-for-connect", "30s");
        await using var client = await fixture.Server.ConnectAsync("caller");
        client.AutoAnswer("2");
        await client.OpenAsync("call-5");
        var result = await calling.DefaultTimeout();
        Assert.Equal((ExitCode.Ok, "2\n"), (result.Code, result.Out));
    }

    [Fact]
    public async Task Call_Nobody_Fails()
    {
        var result = await fixture.Tool().RunAsync("call", "caller/call-nobody", "1");
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Equal("swp: unknown_client: No client of this id has ever connected. It was not carried out, and calling again ends the same way.\n", result.Error);
    }

    [Fact]
    public async Task Call_OptionOutOfItsRange_IsAUsageError()
    {
        var result = await fixture.Tool().RunAsync("call", "caller/1", "1", "--timeout", "1h");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("(HTTP 400): ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_Interrupted_SaysSo()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "call-6");
        using var interrupt = new CancellationTokenSource();
        var calling = fixture.Tool().RunAsync(interrupt.Token, "call", "caller/call-6", "1");
        await client.ReceiveFrameAsync();
        await interrupt.CancelAsync();
        var result = await calling.DefaultTimeout();
        Assert.Equal(
            (ExitCode.Interrupted, "swp: interrupted: how it ended is not known. It may have been carried out: calling again may do it twice.\n"),
            (result.Code, result.Error));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--uuid")]
    public async Task Call_AnswerWouldSteerTheTerminal_IsTheSameJsonEscaped(string option)
    {
        const string Text = "a\u009b2J\u202eb\u2028c";
        await using var member = await FakeMember.StartAsync();
        member.Answers("POST /api/v1/clients/caller/1/requests", 200, $$"""{"outcome":"completed","code":"0","data":"{{Text}}","uuid":"u","elapsedMs":1}""");
        var result = await member.Tool().RunAsync("call", "caller/1", "1", option);
        Assert.Contains("\"a\\u009b2J\\u202eb\\u2028c\"", result.Out, StringComparison.Ordinal);
        Assert.Equal(Text, (option == "--json" ? result.Json.GetProperty("data") : result.Json).GetString());
    }

    [Fact]
    public async Task Call_ProblemIsNoJson_DoesNotSteerTheTerminal()
    {
        await using var member = await FakeMember.StartAsync();
        member.Answers("POST /api/v1/clients/caller/1/requests", 502, "\u001b[2Jdone\rswp: completed\n");
        var result = await member.Tool().RunAsync("call", "caller/1", "1", "--json");
        Assert.DoesNotContain((result.Out + result.Error).Replace("\n", "", StringComparison.Ordinal), char.IsControl);
    }

    [Fact]
    public async Task Call_NobodyListens_IsSafeToDoAgain()
    {
        var result = await new Tool().With("SWP_URL", "http://127.0.0.1:1").RunAsync("call", "caller/1", "1");
        Assert.Equal(
            (ExitCode.Unreachable, "swp: http://127.0.0.1:1 refuses the connection: nothing listens there. Nothing was sent: calling again is safe.\n"),
            (result.Code, result.Error));
    }

    [Fact]
    public async Task Send_Client_GetsIt()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "send-1");
        var result = await fixture.Tool().RunAsync("send", "caller/send-1", """{"text":"打烊"}""", "--json");
        Assert.Equal((ExitCode.Ok, "{\"outcome\":\"completed\"}\n"), (result.Code, result.Out));
        Assert.Equal("""{"text":"打烊"}""", (await client.ReceiveFrameAsync()).Data);
    }

    [Fact]
    public async Task Send_Type_ReachesAllOfIt()
    {
        await using var first = await fixture.Server.OpenAsync("his", "send-2");
        await using var second = await fixture.Server.OpenAsync("his", "send-3");
        var result = await fixture.Tool().RunAsync("send", "his", "[1]");
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Matches("^[0-9]+ clients at 1 gateway\n$", result.Out);
        Assert.Equal(("[1]", "[1]"), ((await first.ReceiveFrameAsync()).Data, (await second.ReceiveFrameAsync()).Data));
    }

    [Fact]
    public async Task Send_TypeWithATimeout_IsAUsageError() =>
        Assert.Equal(ExitCode.Usage, (await fixture.Tool().RunAsync("send", "his", "1", "--timeout", "5s")).Code);

    [Fact]
    public async Task Send_AGatewayDidNotAnswer_Fails()
    {
        await using var member = await FakeMember.StartAsync();
        member.Answers("POST /api/v1/types/caller/messages", 200, """{"gateways":1,"clients":1,"failed":1}""");
        var result = await member.Tool().RunAsync("send", "caller", "1");
        Assert.Equal((ExitCode.Failed, "1 client at 1 gateway\n"), (result.Code, result.Out));
        Assert.Contains("1 gateway did not answer", result.Error, StringComparison.Ordinal);
    }
}
