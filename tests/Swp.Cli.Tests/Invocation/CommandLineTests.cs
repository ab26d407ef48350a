using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;
using Swp.Testing.Storage;

namespace Swp.Cli.Tests.Invocation;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("ls")]
    [InlineData("call")]
    [InlineData("send")]
    [InlineData("kick")]
    [InlineData("ban")]
    [InlineData("watch")]
    [InlineData("client")]
    [InlineData("simulate")]
    [InlineData("doctor")]
    public async Task Help_EveryCommand_HasExamples(string command)
    {
        var result = await new Tool().RunAsync(command, "--help");
        Assert.Equal((ExitCode.Ok, ""), (result.Code, result.Error));
        Assert.Contains("\nExamples:\n  ", result.Out, StringComparison.Ordinal);
        Assert.Contains($"swp {command}", result.Out, StringComparison.Ordinal);
        Assert.Contains("--json", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("nosuch")]
    [InlineData("call")]
    [InlineData("call", "999")]
    [InlineData("ls", "--limit", "0")]
    [InlineData("ls", "--url", "ftp://x")]
    [InlineData("client", "caller/1", "--answer", "loud")]
    public async Task Run_WhatMakesNoSense_IsAUsageErrorOnStandardError(params string[] arguments)
    {
        var result = await new Tool().RunAsync(arguments);
        Assert.Equal((ExitCode.Usage, ""), (result.Code, result.Out));
        Assert.StartsWith("swp: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_Asked_IsPrinted() => Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+", (await new Tool().RunAsync("--version")).Out);

    [Theory]
    [InlineData("[suggest:2]", "ca", "call")]
    [InlineData("[suggest:11]", "client --an", "--answer")]
    public async Task Suggest_WhatAShellAsks_IsCompleted(string directive, string text, string completion)
    {
        var result = await new Tool().RunAsync(directive, text);
        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Contains(completion, result.Lines);
    }

    [Fact]
    public async Task Key_OfAFile_IsSentAndNeverPrinted()
    {
        const string Key = "swp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        await using var member = await FakeMember.StartAsync();
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "key");
        await File.WriteAllTextAsync(file, Key + "\n", TestContext.Current.CancellationToken);
        var results = new[]
        {
            await member.Tool().RunAsync("ls", "--types", "--key-file", file),
            await member.Tool().With("SWP_API_KEY", Key).RunAsync("ls", "--types"),
            await member.Tool().RunAsync("doctor", "--json", "--key", Key),
            await member.Tool().RunAsync("ls", "--types", "--key", Key + "\u0001"),
        };

        Assert.All(member.Keys.Take(2), key => Assert.Equal(Key, key));
        Assert.All(results, result => Assert.DoesNotContain("AAAA", result.Out + result.Error, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Usage, results[3].Code);
    }

    [Theory]
    [InlineData(401, "urn:swp:unauthorized")]
    [InlineData(403, "urn:swp:forbidden")]
    public async Task Run_KeyRefused_HasAnExitCodeOfItsOwn(int status, string type)
    {
        await using var member = await FakeMember.StartAsync();
        member.Answers("GET /api/v1/types", status, $$"""{"type":"{{type}}","title":"x","status":{{status}},"detail":"Because."}""");
        var result = await member.Tool().RunAsync("ls", "--types");
        Assert.Equal((ExitCode.Refused, $"swp: HTTP {status}: Because.\n"), (result.Code, result.Error));
    }

    [Fact]
    public async Task Run_SomethingElseAnswers_SaysSo()
    {
        await using var member = await FakeMember.StartAsync();
        member.Answers("GET /api/v1/types", 200, "<html>");
        var result = await member.Tool().RunAsync("ls", "--types");
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains("this is not how a Swp gateway answers", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoColor_HasNone()
    {
        await using var member = await FakeMember.StartAsync();
        var tool = member.Tool().With("NO_COLOR", "1");
        tool.IsTerminal = true;
        Assert.DoesNotContain("\u001b[3", (await tool.RunAsync("doctor")).Out, StringComparison.Ordinal);
    }
}
