using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;

namespace Swp.Cli.Tests.Administration;

[Collection(ServerCollection.Name)]
public sealed class BanTests(ServerFixture fixture)
{
    [Fact]
    public async Task Ban_ForAWhile_IsShownAndLifted()
    {
        var banned = await fixture.Tool().RunAsync("ban", "caller/ban-1", "--for", "1h", "--reason", "floods us");
        var shown = await fixture.Tool().RunAsync("ls", "caller/ban-1");
        var called = await fixture.Tool().RunAsync("call", "caller/ban-1", "1");
        var lifted = await fixture.Tool().RunAsync("ban", "caller/ban-1", "--lift", "--json");
        var after = await fixture.Tool().RunAsync("call", "caller/ban-1", "1");

        Assert.Equal((ExitCode.Ok, ""), (banned.Code, banned.Out));
        Assert.Matches("^swp: caller/ban-1 is banned until 20[0-9: -]+Z\\.\n$", banned.Error);
        Assert.Matches("^banned          until 20[0-9: -]+Z: floods us$", shown.Lines[^1]);
        Assert.StartsWith("swp: banned: ", called.Error, StringComparison.Ordinal);
        Assert.Equal("{\"client\":\"caller/ban-1\",\"result\":\"let in\",\"written\":true}\n", lifted.Out);
        Assert.StartsWith("swp: unknown_client: ", after.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--lift", "--for", "1h")]
    [InlineData("--for", "1h", "--until", "2030-01-01")]
    [InlineData("--until", "tomorrow", "--reason", "x")]
    [InlineData("--for", "long", "--reason", "x")]
    public async Task Ban_OptionsThatMakeNoSense_AreAUsageError(string first, string second, string third, string? fourth = null) =>
        Assert.Equal(ExitCode.Usage, (await fixture.Tool().RunAsync(["ban", "caller/1", first, second, third, .. fourth is null ? (string[])[] : [fourth]])).Code);

    [Fact]
    public async Task Ban_InThePast_IsRefusedByTheServer()
    {
        var result = await fixture.Tool().RunAsync("ban", "caller/1", "--until", "2020-01-01T00:00:00Z");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("until is in the future", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ban_StoreAway_SaysThatItIsNotWritten()
    {
        await using var member = await FakeMember.StartAsync();
        member.Answers("PUT /api/v1/clients/caller/1/ban", 202, "");
        var result = await member.Tool().RunAsync("ban", "caller/1", "--json");
        Assert.Equal((ExitCode.Ok, false), (result.Code, result.Json.GetProperty("written").GetBoolean()));
        Assert.Contains("not written yet", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kick_ConnectedClient_IsGone()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "kick-1");
        var kicked = await fixture.Tool().RunAsync("kick", "caller/kick-1");
        var again = await fixture.Tool().RunAsync("kick", "caller/kick-1");
        Assert.Equal((ExitCode.Ok, "swp: caller/kick-1 is disconnected (4506).\n"), (kicked.Code, kicked.Error));
        Assert.Equal(4506, (await client.WaitForCloseAsync()).Code);
        Assert.Equal(ExitCode.Failed, again.Code);
        Assert.StartsWith("swp: not_connected: ", again.Error, StringComparison.Ordinal);
    }
}
