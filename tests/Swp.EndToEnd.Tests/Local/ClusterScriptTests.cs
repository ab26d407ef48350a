using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Storage;

namespace Swp.EndToEnd.Tests.Local;

/// <summary>The script that runs a cluster on one machine.</summary>
public sealed class ClusterScriptTests : EndToEndTest
{
    private static readonly string[] Members = ["redis", "silo1", "silo2", "gateway1", "gateway2"];

    private readonly LocalCluster _cluster = new();

    public ClusterScriptTests() => PutAway(_cluster);

    [Fact]
    public async Task A_cluster_comes_up_works_loses_and_regains_members_and_goes_down()
    {
        var up = await _cluster.RunAsync("up", "--silos", "2", "--gateways", "2", "--no-build");
        Assert.True(up.Code == 0, up.Output);
        foreach (var member in Members)
        {
            Assert.Matches($@"(?m)^{member} +ready +pid {_cluster.PidOf(member)} ", up.Output);
        }

        Assert.Contains(_cluster.Clients(2).Authority, up.Output, StringComparison.Ordinal);

        // The process itself, not a wrapper around it.
        var pids = Members.ToDictionary(member => member, member => _cluster.PidOf(member)!.Value);
        Assert.StartsWith("redis-server ", LocalCluster.CommandOf(pids["redis"]), StringComparison.Ordinal);
        Assert.Matches("^dotnet .*/Swp.Silo.dll .*Swp:Name=silo2", LocalCluster.CommandOf(pids["silo2"]));
        Assert.Matches("^dotnet .*/Swp.Gateway.dll .*Swp:Name=gateway1", LocalCluster.CommandOf(pids["gateway1"]));

        // A call that enters at gateway 2 reaches a client on gateway 1.
        using var operations = _cluster.Operations(2);
        var client = await Own(TestClient.ConnectAsync(_cluster.Clients(1), "caller"));
        await client.OpenAsync("999");
        var call = operations.CallAsync("caller", "999");
        var request = await client.ReceiveFrameAsync();

        // The environment is passed on: one pending request is the limit.
        Assert.Equal("too_many_pending", (await operations.CallAsync("caller", "999")).Outcome);
        await client.AnswerAsync(request, "\"here\"");
        Assert.Equal("\"here\"", (await call).RawData);

        var again = await _cluster.RunAsync("up", "--no-build");
        Assert.Equal(1, again.Code);
        Assert.Contains("running", again.Error, StringComparison.Ordinal);

        // SIGTERM: its clients are told.
        Assert.Equal(0, (await _cluster.RunAsync("stop", "gateway1")).Code);
        Assert.Equal(4003, (await client.WaitForCloseAsync()).Code);
        Assert.Null(LocalCluster.CommandOf(pids["gateway1"]));
        Assert.Matches("(?m)^gateway1 +stopped", (await _cluster.RunAsync("status")).Output);
        Assert.Equal(0, (await _cluster.RunAsync("start", "gateway1")).Code);
        Assert.NotEqual(pids["gateway1"], _cluster.PidOf("gateway1"));
        var back = await Own(TestClient.ConnectAsync(_cluster.Clients(1), "caller"));
        await back.OpenAsync("999");

        // SIGKILL: its client stays connected.
        Assert.Equal(0, (await _cluster.RunAsync("kill", "silo1")).Code);
        Assert.Null(LocalCluster.CommandOf(pids["silo1"]));
        Assert.Equal(0, (await _cluster.RunAsync("start", "silo1")).Code);
        Assert.Equal("\"still here\"", (await back.QueryAsync("\"still here\"")).RawData);
        var status = await _cluster.RunAsync("status");
        Assert.All(Members, member => Assert.Matches($"(?m)^{member} +ready ", status.Output));

        // With the same data.
        Assert.Equal(0, (await _cluster.RunAsync("kill", "redis")).Code);
        Assert.Equal(0, (await _cluster.RunAsync("start", "redis")).Code);
        Assert.Equal("\"still here\"", (await back.QueryAsync("\"still here\"")).RawData);

        Assert.Contains("Swp.Silo is ready", (await _cluster.RunAsync("logs", "silo1")).Output, StringComparison.Ordinal);

        var running = Members.Select(member => _cluster.PidOf(member)!.Value).ToArray();
        Assert.Equal(0, (await _cluster.RunAsync("down")).Code);
        Assert.All(running, pid => Assert.Null(LocalCluster.CommandOf(pid)));
        Assert.All(Members, member => Assert.Null(_cluster.PidOf(member)));
        Assert.Equal(4003, (await back.WaitForCloseAsync()).Code);
        Assert.Equal(0, (await _cluster.RunAsync("down")).Code);
    }

    [Fact]
    public async Task Without_redis_server_it_says_how_to_get_it()
    {
        using var bin = new TemporaryDirectory();
        foreach (var tool in (string[])["bash", "dirname", "tr", "cat", "ls", "grep", "sed", "sort", "dotnet", "curl"])
        {
            var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(directory => Path.Combine(directory, tool)).FirstOrDefault(File.Exists);
            File.CreateSymbolicLink(Path.Combine(bin.Path, tool), found ?? $"/no/{tool}");
        }

        var up = await _cluster.RunAsync(bin.Path, ["up", "--no-build"]);

        Assert.Equal(1, up.Code);
        Assert.Contains("redis-server is missing", up.Error, StringComparison.Ordinal);
        Assert.Contains("apt-get install redis-server", up.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up", "--silos", "0")]
    [InlineData("up", "--silos", "many")]
    [InlineData("up", "--nosuch", "1")]
    [InlineData("stop", "silo1")]
    [InlineData("kill", "gateway9")]
    [InlineData("logs", "redis")]
    [InlineData("start", "../../etc")]
    [InlineData("start", "")]
    [InlineData("stop", "nosuch")]
    [InlineData("nosuch")]
    public async Task A_wrong_command_is_refused_in_words(params string[] arguments)
    {
        var refused = await _cluster.RunAsync(arguments);

        Assert.Equal(1, refused.Code);
        Assert.Matches("(?m)^cluster.sh: ", refused.Error);
    }

    [Fact]
    public async Task Help_explains_the_commands()
    {
        var help = await _cluster.RunAsync("help");

        Assert.Equal(0, help.Code);
        Assert.All((string[])["up", "down", "status", "logs", "stop", "kill", "start"], command => Assert.Contains($"\n  {command}", help.Output, StringComparison.Ordinal));
    }
}
