using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;

namespace Swp.Cli.Tests.Doctoring;

[Collection(ServerCollection.Name)]
public sealed class DoctorTests(ServerFixture fixture)
{
    [Fact]
    public async Task Doctor_HealthyServer_FindsNothing()
    {
        var result = await fixture.Tool().RunAsync("doctor", "--json");
        Assert.True(result.Code == ExitCode.Ok, result.Out);
        Assert.True(result.Json.GetProperty("healthy").GetBoolean());
        Assert.Contains(Whats(result), what => what.Contains("is ready", StringComparison.Ordinal));
        Assert.Contains("All members of the cluster answer: 1 gateway, 1 owner.", Whats(result));
        Assert.Contains(Whats(result), what => what.Contains("sees 1 active member; its peers and its store answer", StringComparison.Ordinal));
        Assert.Contains(Whats(result), what => what.StartsWith("Its version is ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://foreign.example", "lets no page of https://foreign.example in (4504)", ExitCode.Failed)]
    [InlineData("http://localhost:3000", "lets a page of http://localhost:3000 as a client of type 'his' in", ExitCode.Ok)]
    public async Task Doctor_Origin_IsTried(string origin, string finding, int code)
    {
        var result = await fixture.Tool().RunAsync("doctor", "--type", "his", "--origin", origin);
        Assert.Equal(code, result.Code);
        Assert.Contains(finding, result.Out, StringComparison.Ordinal);
        Assert.Equal(code == ExitCode.Ok ? "swp: nothing is wrong that can be seen from here.\n" : "swp: 1 problem.\n", result.Error);
    }

    [Fact]
    public async Task Doctor_ClientsAddressInPlaceOfTheOperations_IsRecognised()
    {
        var result = await fixture.Tool().RunAsync("doctor", "--url", $"http://{fixture.Server.Clients.Authority}");
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains("not as a Swp member does", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NobodyListens_SaysWhatToDo()
    {
        var result = await new Tool().RunAsync("doctor", "--url", "http://127.0.0.1:1");
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Equal("PROBLEM  http://127.0.0.1:1 refuses the connection: nothing listens there.", result.Lines[0]);
        Assert.StartsWith("         → Is a gateway running", result.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_ClientsAddressWrong_IsAProblem()
    {
        var result = await fixture.Tool().RunAsync("doctor", "--ws-url", "ws://127.0.0.1:1");
        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains("Clients cannot come in by ws://127.0.0.1:1: ws://127.0.0.1:1/wss/caller refused the connection.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SickCluster_IsFoundOut()
    {
        await using var member = await FakeMember.StartAsync();
        await using var other = await FakeMember.StartAsync();
        member.Skew = TimeSpan.FromMinutes(2);
        member
            .Answers("GET /health/ready", 200, "ready; 1 of 2 silos do not answer\n")
            .Answers("GET /api/v1/types", 200, """{"types":[{"name":"caller","displayName":"x","connected":3,"payloadStyle":"string","requiresToken":true,"limits":{}}],"failed":1}""")
            .Answers("GET /api/v1/overview", 200, """
                {"nodes":[{"name":"gateway1","roles":["gateway"],"state":"not_ready","detail":"no owner"},{"name":"gateway2","roles":["gateway"],"state":"silent","detail":null},
                {"name":"gateway3","roles":["gateway"],"state":"draining","detail":"draining"}]}
                """)
            .Answers("GET /metrics", 200, """
                target_info{service_version="0.1.0"} 1
                swp_cluster_members{swp_member_status="active"} 4
                swp_cluster_members{swp_member_status="dead"} 1
                swp_redis_reachable{swp_redis_use="membership"} 0
                swp_link_peers{swp_link_direction="to_owner",swp_link_reach="silent"} 1
                swp_link_peers{swp_link_direction="to_owner",swp_link_reach="answering"} 1

                """);
        other
            .Answers("GET /health/ready", 503, "draining\n")
            .Answers("GET /metrics", 200, "target_info{service_version=\"0.2.0\"} 1\nswp_owner_records_lag_seconds 60\nswp_owner_draining 1\nswp_cluster_expelled 1\n");

        var result = await member.Tool().RunAsync("doctor", "--ws-url", "ws://127.0.0.1:1", "--member", other.Url, "--type", "nosuch", "--json");

        Assert.Equal(ExitCode.Failed, result.Code);
        var problems = result.Json.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == "problem").ToArray();
        Assert.All(problems, finding => Assert.True(finding.GetProperty("why").GetString()!.Length > 0 && finding.GetProperty("do").GetString()!.Length > 0));
        var words = string.Join('\n', problems.Select(finding => finding.GetProperty("what").GetString()));
        Assert.All(
            (string[])
            [
                "ahead of this machine's", "1 of 2 silos do not answer", "1 gateway of the cluster did not answer", "No owner serves the type 'nosuch'", "does not reach Redis (membership)",
                "has 1 peer that is silent", $"{other.Url} is draining", "wait to be written for 60 s", "is an owner that is stopping", "gateway1 (gateway) is not ready: no owner", "gateway2 (gateway) does not answer", "The cluster has no owner that is ready", "has been lost to its cluster", "different versions: 0.1.0",
            ],
            expected => Assert.Contains(expected, words, StringComparison.Ordinal));
        Assert.Contains("gateway3 (gateway) is stopping.", Whats(result));
        Assert.Contains(Whats(result), what => what == "The cluster has 4 members; 2 were asked.");
    }

    private static IEnumerable<string> Whats(ToolResult result) => result.Json.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("what").GetString()!);
}
