using Swp.Cli.Invocation;
using Swp.Cli.Tests.Running;

namespace Swp.Cli.Tests.Listing;

[Collection(ServerCollection.Name)]
public sealed class ListTests(ServerFixture fixture)
{
    [Fact]
    public async Task Ls_ConnectedClient_IsListed()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "ls-1");

        var text = await fixture.Tool().RunAsync("ls", "caller");
        var json = await fixture.Tool().RunAsync("ls", "--json");

        Assert.Equal((ExitCode.Ok, ""), (text.Code, text.Error));
        Assert.StartsWith("TYPE ", text.Lines[0], StringComparison.Ordinal);
        Assert.Contains(text.Lines, line => line.StartsWith("caller", StringComparison.Ordinal) && line.Contains(" ls-1 ", StringComparison.Ordinal));
        Assert.Contains(json.JsonLines, line => line.GetProperty("id").GetString() == "ls-1");
    }

    [Fact]
    public async Task Ls_Types_AreCounted()
    {
        await using var client = await fixture.Server.OpenAsync("his", "ls-2");
        var text = await fixture.Tool().RunAsync("ls", "--types");
        var json = await fixture.Tool().RunAsync("ls", "--types", "--json");
        Assert.Contains(text.Lines, line => line.StartsWith("his", StringComparison.Ordinal) && line.Contains("医保", StringComparison.Ordinal));
        Assert.Contains(json.Json.GetProperty("types").EnumerateArray(), type => type.GetProperty("name").GetString() == "his" && type.GetProperty("connected").GetInt32() >= 1);
    }

    [Fact]
    public async Task Ls_OneClient_IsDescribed()
    {
        await using var client = await fixture.Server.OpenAsync("caller", "ls/3");
        var result = await fixture.Tool().RunAsync("ls", "caller/ls/3");
        Assert.Equal("client          caller/ls/3", result.Lines[0]);
        Assert.StartsWith("connected       since 20", result.Lines[1], StringComparison.Ordinal);
        Assert.Equal("banned          no", result.Lines[^1]);
    }

    [Fact]
    public async Task Ls_UnknownClient_Fails()
    {
        var result = await fixture.Tool().RunAsync("ls", "caller/never-here");
        Assert.Equal((ExitCode.Failed, "", "swp: unknown_client: No client of this id has ever connected.\n"), (result.Code, result.Out, result.Error));
    }

    [Fact]
    public async Task Ls_SeveralPages_AreFollowedToTheEnd()
    {
        await using var member = await FakeMember.StartAsync();
        member
            .Answers("GET /api/v1/clients?type=caller&limit=1000&cursor=", 200, Page("1", "a+b/c"))
            .Answers("GET /api/v1/clients?type=caller&limit=1000&cursor=a%2Bb%2Fc", 200, """{"clients":[],"next":"d"}""")
            .Answers("GET /api/v1/clients?type=caller&limit=1000&cursor=d", 200, Page("2", next: null));

        var result = await member.Tool().RunAsync("ls", "caller", "--json");

        Assert.Equal(ExitCode.Ok, result.Code);
        Assert.Equal(["1", "2"], result.JsonLines.Select(client => client.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Ls_Limit_AsksForNoMore()
    {
        await using var member = await FakeMember.StartAsync();
        member.Answers("GET /api/v1/clients?type=&limit=1&cursor=", 200, Page("1", "more"));
        var result = await member.Tool().RunAsync("ls", "--limit", "1");
        Assert.Equal((ExitCode.Ok, 2), (result.Code, result.Lines.Length));
        Assert.Single(member.Asked);
    }

    [Fact]
    public async Task Ls_AGatewayDidNotAnswer_IsNotPassedOverInSilence()
    {
        await using var member = await FakeMember.StartAsync();
        member.Answers("GET /api/v1/clients?type=&limit=1000&cursor=", 200, """{"clients":[],"next":null,"failed":2}""");
        var result = await member.Tool().RunAsync("ls");
        Assert.Equal((ExitCode.Failed, "swp: 2 gateways did not answer: their clients are missing.\n"), (result.Code, result.Error));
    }

    private static string Page(string id, string? next) =>
        $$"""{"clients":[{"type":"caller","id":"{{id}}","gateway":"g","connectedAt":"2026-01-02T03:04:05+00:00","remoteAddress":null}],"next":{{(next is null ? "null" : $"\"{next}\"")}}}""";
}
