using System.Security.Cryptography;
using System.Text;
using Swp.Cli.Invocation;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.Cli.Tests.Running;

/// <summary>The tool as a process: exit codes, standard output and error, Ctrl+C.</summary>
[Collection(ServerCollection.Name)]
public sealed class ProcessTests(ServerFixture fixture)
{
    [Fact]
    public async Task Client_CtrlC_SaysGoodByeAndEndsWell()
    {
        await using var tool = fixture.Process("client", "caller/process-1");
        tool.Launch();
        await tool.WaitForOutputAsync("Connected to");
        var call = await fixture.Server.Operations.CallAsync("caller", "process-1", """{"name":"张三"}""");
        await tool.WaitForOutputAsync("answered");

        tool.Interrupt();

        Assert.Equal(ExitCode.Ok, await tool.Exited.DefaultTimeout());
        Assert.Equal("""{"name":"张三"}""", call["data"]);
        Assert.DoesNotContain('\u001b', tool.Log.Text);
        await Eventually.True(async () => (await fixture.Server.Operations.StatusAsync("caller", "process-1"))["connected"] == "false");
    }

    [Fact]
    public async Task Watch_CtrlC_EndsWell()
    {
        await using var tool = fixture.Process("watch", "--interval", "100ms");
        tool.Launch();
        await tool.WaitForOutputAsync("connected=");
        tool.Interrupt();
        Assert.Equal(ExitCode.Ok, await tool.Exited.DefaultTimeout());
        Assert.Empty(tool.StandardError);
    }

    [Fact]
    public async Task Simulate_CtrlC_PrintsItsSummary()
    {
        await using var tool = fixture.Process("simulate", "20", "--id-prefix", "process-crowd-", "--ramp", "1000");
        tool.Launch();
        await tool.WaitForOutputAsync("connected 20 of 20");
        tool.Interrupt();
        Assert.Equal(ExitCode.Ok, await tool.Exited.DefaultTimeout());
        Assert.Matches("ever connected +20\n", tool.Log.Text);
        Assert.Equal("swp: everybody got in, and nobody was sent away.", tool.StandardError[^1]);
    }

    [Fact]
    public async Task Simulate_CtrlCWhileConnecting_IsInterrupted()
    {
        await using var tool = fixture.Process("simulate", "1000", "--id-prefix", "process-slow-", "--ramp", "10");
        tool.Launch();
        await tool.WaitForOutputAsync("connected ");
        tool.Interrupt();
        Assert.Equal(ExitCode.Interrupted, await tool.Exited.DefaultTimeout());
        Assert.Matches("clients +1000\n", tool.Log.Text);
    }

    [Fact]
    public async Task Call_Redirected_PrintsDataToOneAndWordsToTheOther()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "process-2");
        client.AutoAnswer("[1]");
        await using var tool = fixture.Process("call", "caller/process-2", "1");
        tool.Launch();
        Assert.Equal(ExitCode.Ok, await tool.Exited.DefaultTimeout());
        Assert.Contains("[1]\n", tool.Log.Text, StringComparison.Ordinal);
        Assert.StartsWith("swp: completed in ", Assert.Single(tool.StandardError), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_GuardedServer_JudgesTheKey()
    {
        // A key and its hash, as keygen makes them.
        var key = "swp_" + new string('x', 43);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        await using var server = SwpProcess.Standalone(("Swp:ApiKeys:reader:Hash", hash), ("Swp:ApiKeys:reader:Scopes", "read"));
        await server.StartAsync();
        var (url, webSocketUrl) = (server.Settings["Swp:Listen:Operations"], $"ws://{server.Clients.Authority}");

        var none = await new Tool().With("SWP_URL", url).With("SWP_WS_URL", webSocketUrl).RunAsync("doctor");
        var unknown = await new Tool().With("SWP_URL", url).RunAsync("ls", "--key", key + "x");
        var reader = await new Tool().With("SWP_URL", url).With("SWP_WS_URL", webSocketUrl).With("SWP_API_KEY", key).RunAsync("doctor");
        var kick = await new Tool().With("SWP_URL", url).With("SWP_API_KEY", key).RunAsync("kick", "caller/1");

        Assert.Equal(ExitCode.Failed, none.Code);
        Assert.Contains("PROBLEM  The server refuses calls without an API key: This call needs an API key", none.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, unknown.Code);
        Assert.True(reader.Code == ExitCode.Ok, reader.Out);
        Assert.Contains("ok       The API key is accepted, for: read.\n", reader.Out, StringComparison.Ordinal);
        Assert.Contains("note     The API key may not do what needs 'admin'. The API key 'reader' lacks the scope 'admin'", reader.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, kick.Code);
        Assert.Contains("lacks the scope 'admin'", kick.Error, StringComparison.Ordinal);
    }
}
