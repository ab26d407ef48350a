using System.Text.Json;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class OpeningTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    public static TheoryData<string, string> Openings => new()
    {
        { """{"clientId":"o-1"}""", "o-1" },
        { """{"clientId":77001}""", "77001" },
        { """ "{\"clientId\":\"o-2\"}" """, "o-2" },
        { """ "{\"clientId\":77002}" """, "77002" },
        { """ "\u007b\"clientId\":\"o-\\u0033\"}" """, "o-3" },
        { """{"unknown":[{"clientId":"not this"}],"clientId":"o-4","token":null,"more":1}""", "o-4" },
        { """{"clientId":"诊所 4/7 🏥"}""", "诊所 4/7 🏥" },
        { $$"""{"clientId":"{{new string('x', 128)}}"}""", new string('x', 128) },
    };

    public static TheoryData<string?> RefusedOpenings => new((string?[])
    [
        null, "null", "{}", "[]", "7", "true", "\"\"", "\"999\"", "\"{}\"", "\"[]\"", "\"{\\\"clientId\\\":\"",
        """{"clientId":""}""", """{"clientId":null}""", """{"clientId":true}""", """{"clientId":{}}""", """{"clientId":["1"]}""",
        """{"clientId":"a\u0000b"}""", """{"clientId":"a\nb"}""", """{"clientId":"\u0085"}""", """{"ClientId":"1"}""",
        $$"""{"clientId":"{{new string('x', 129)}}"}""",
    ]);

    [Theory]
    [MemberData(nameof(Openings))]
    public async Task An_open_is_answered_with_its_uuid_and_the_id(string data, string id)
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        await client.SendTextAsync(TestClient.Frame("0001", data, "\"u-1\""));

        var answer = await client.ReceiveFrameAsync();

        Assert.Equal(("0001", "0", "u-1"), (answer.SessionType, answer.Code, answer.Uuid));
        using var success = JsonDocument.Parse(answer.Data!);
        Assert.Equal(id, success.RootElement.GetProperty("clientId").GetString());
        Assert.Equal("success", success.RootElement.GetProperty("msg").GetString());
        Assert.False(answer.Json.TryGetProperty("msg", out _), "msg is left out when it is null");
        Assert.False(answer.Json.TryGetProperty("error", out _), "there is no error");
        Assert.InRange(
            DateTimeOffset.FromUnixTimeMilliseconds(answer.Json.GetProperty("sessionTime").GetInt64()),
            TimeProvider.System.GetUtcNow().AddMinutes(-1),
            TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task The_answer_is_the_text_that_deployed_clients_know()
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        await client.SendTextAsync(TestClient.Frame("0001", """{"clientId":"999"}""", "3"));

        Assert.Matches("""^{"code":"0","sessionType":"0001","sessionTime":\d{13},"data":"{\\"clientId\\":\\"999\\",\\"msg\\":\\"success\\"}","uuid":"3"}$""", (await client.ReceiveFrameAsync()).Text);
    }

    [Theory]
    [MemberData(nameof(RefusedOpenings))]
    public async Task An_open_without_a_valid_id_is_refused_in_words_and_closed_with_4507(string? data)
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        await client.SendTextAsync(TestClient.Frame("0001", data, "5"));

        var answer = await client.ReceiveFrameAsync();

        Assert.Equal(("0001", "-1", "5"), (answer.SessionType, answer.Code, answer.Uuid));
        Assert.False(string.IsNullOrEmpty(answer.Message));
        Assert.Equal("invalid_client_id", answer.Error);
        Assert.Equal(new TestClose(4507, "protocol_error"), await client.WaitForCloseAsync());
    }

    [Theory]
    [InlineData("\"abc\"", "abc")]
    [InlineData("1732345678901", "1732345678901")]
    [InlineData("1.50e3", "1.50e3")]
    [InlineData("\"\"", "")]
    [InlineData("null", null)]
    [InlineData(null, null)]
    public async Task A_uuid_comes_back_as_a_string(string? uuid, string? echoed)
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        await client.SendTextAsync(TestClient.Frame("0003", "1", uuid));

        Assert.Equal(echoed, (await client.ReceiveFrameAsync()).Uuid);
    }

    [Fact]
    public async Task A_uuid_may_have_64_characters_and_no_more()
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        var longest = new string('u', 64);

        Assert.Equal(longest, (await client.QueryAsync("1", longest)).Uuid);
        await client.SendTextAsync(TestClient.Frame("0003", "1", $"\"{longest}u\""));
        Assert.Equal(4507, (await client.WaitForCloseAsync()).Code);
    }

    [Fact]
    public async Task Members_come_in_any_order_and_unknown_ones_are_ignored()
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        await client.SendTextAsync($$"""
            { "uuid" : 12, "x":{"sessionType":"0003","deep":[[]]}, "data" :{"clientId" : "{{NewId()}}" }, "sessionType":"0001" , "y": null }
            """);

        Assert.Equal(("0", "12"), (await client.ReceiveFrameAsync() is var answer ? answer.Code : null, answer.Uuid));
    }

    [Fact]
    public async Task The_same_open_again_is_answered_again_and_changes_nothing()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        var before = await fixture.Server.Operations.StatusAsync("caller", id);

        await client.OpenAsync(id);

        Assert.Equal("\"x\"", (await client.QueryAsync("\"x\"")).RawData);
        Assert.Equal(before["epoch"], (await fixture.Server.Operations.StatusAsync("caller", id))["epoch"]);
    }

    [Fact]
    public async Task An_open_for_another_client_is_refused_and_closed_with_4507()
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        await client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{NewId()}}"}""", "2"));

        var answer = await client.ReceiveFrameAsync();

        Assert.Equal(("0001", "-1", "2"), (answer.SessionType, answer.Code, answer.Uuid));
        Assert.Equal(4507, (await client.WaitForCloseAsync()).Code);
    }

    [Fact]
    public async Task A_client_that_asks_for_it_gets_its_heart_back()
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        await client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{NewId()}}","heartbeatReply":true}"""));
        await client.ReceiveFrameAsync();

        await client.SendTextAsync(TestClient.Frame("0000", "\"still here\"", "9"));
        var reply = await client.ReceiveFrameAsync();

        Assert.Equal(("0000", "0", "9", "\"still here\""), (reply.SessionType, reply.Code, reply.Uuid, reply.RawData));
    }
}
