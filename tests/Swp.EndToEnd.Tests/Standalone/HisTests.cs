using System.Text.Json;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class HisTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    private const string Query = """{"versionType":"1","busiType":"feeItem","itemType":"registration","modifyTime":null,"pageSize":2,"pageIndex":1}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_query_is_answered_with_a_page_in_a_string(bool inString)
    {
        var client = await Own(fixture.Server.OpenAsync("his", NewId()));

        var answer = await client.QueryAsync(inString ? JsonSerializer.Serialize(Query) : Query);

        Assert.Equal("0", answer.Code);
        var result = JsonDocument.Parse(answer.Data!).RootElement.GetProperty("result");
        Assert.Equal("feeItem", result.GetProperty("busiType").GetString());
        Assert.Equal(2, result.GetProperty("items").GetArrayLength());
        Assert.All(result.GetProperty("items").EnumerateArray(), item => Assert.Equal("registration", item.GetProperty("itemType").GetString()));
        Assert.Contains("挂号费", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diagnosis")]
    [InlineData("prescription")]
    [InlineData("material")]
    public async Task Pages_follow_each_other_until_all_items_were_seen(string busiType)
    {
        var client = await Own(fixture.Server.OpenAsync("his", NewId()));
        var codes = new HashSet<string>();
        int pages, total, page = 0;
        do
        {
            var answer = await client.QueryAsync($$"""{"busiType":"{{busiType}}","pageSize":"5","pageIndex":{{++page}}}""");
            var result = JsonDocument.Parse(answer.Data!).RootElement.GetProperty("result");
            (pages, total) = (result.GetProperty("pages").GetInt32(), result.GetProperty("total").GetInt32());
            Assert.All(result.GetProperty("items").EnumerateArray(), item => Assert.True(codes.Add(item.GetProperty("code").GetString()!)));
        }
        while (page < pages);

        Assert.True(pages > 1);
        Assert.Equal(total, codes.Count);
    }

    [Fact]
    public async Task Only_what_was_modified_since_is_returned()
    {
        var client = await Own(fixture.Server.OpenAsync("his", NewId()));
        async Task<int> CountAsync(string since) =>
            JsonDocument.Parse((await client.QueryAsync($$"""{"busiType":"feeItem","modifyTime":"{{since}}"}""")).Data!)
                .RootElement.GetProperty("result").GetProperty("total").GetInt32();

        var all = await CountAsync("2000-01-01 00:00:00");
        var some = await CountAsync("2025-01-01");

        Assert.InRange(some, 1, all - 1);
        Assert.Equal(0, await CountAsync("2999-01-01"));
    }

    [Theory]
    [InlineData("""{"busiType":"nosuch"}""", "nosuch")]
    [InlineData(""" "{\"busiType\":\"没有\"}" """, "没有")]
    [InlineData("{}", "busiType")]
    public async Task An_unknown_busi_type_is_a_failure_that_says_so(string query, string said)
    {
        var client = await Own(fixture.Server.OpenAsync("his", NewId()));

        var answer = await client.QueryAsync(query);

        Assert.Equal(("0003", "-1", "q"), (answer.SessionType, answer.Code, answer.Uuid));
        Assert.Contains(said, answer.Message, StringComparison.Ordinal);
        Assert.NotNull(answer.Error);
        Assert.Equal("0", (await client.QueryAsync(Query)).Code);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public async Task What_is_no_query_is_a_failure_and_the_connection_stays(string query)
    {
        var client = await Own(fixture.Server.OpenAsync("his", NewId()));

        Assert.Equal("-1", (await client.QueryAsync(query)).Code);
        Assert.Equal("0", (await client.QueryAsync(Query)).Code);
    }
}
