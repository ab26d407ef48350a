using System.Net;
using System.Text.Json;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class RequestTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Fact]
    public async Task A_request_reaches_the_client_and_its_answer_the_caller()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));

        var call = fixture.Server.Operations.CallAsync("caller", id, """{"callCode":"A12"}""");
        var request = await client.ReceiveFrameAsync();
        await client.AnswerAsync(request, """{"shown":true}""");
        var answer = await call;

        Assert.Equal(("0002", "0"), (request.SessionType, request.Code));
        Assert.InRange(request.Uuid!.Length, 1, 64);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("application/json", answer.ContentType, StringComparison.Ordinal);
        Assert.Equal(("completed", "0", null, request.Uuid), (answer.Outcome, answer["code"], answer["msg"], answer["uuid"]));
        Assert.Equal("""{"shown":true}""", answer.RawData);
        Assert.InRange(answer.Json.GetProperty("elapsedMs").GetDouble(), 0.001, 10_000);
    }

    [Theory]
    [MemberData(nameof(Payloads.All), MemberType = typeof(Payloads))]
    public async Task An_answer_reaches_the_caller_byte_for_byte(string name)
    {
        var id = NewId();
        var payload = Payloads.Get(name);
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        client.AutoAnswer(payload);

        var answer = await fixture.Server.Operations.CallAsync("caller", id);

        Assert.Equal("completed", answer.Outcome);
        Assert.Equal(payload, answer.RawData);
    }

    [Theory]
    [MemberData(nameof(Payloads.All), MemberType = typeof(Payloads))]
    public async Task A_request_reaches_the_client_as_json_text_in_a_string(string name)
    {
        var id = NewId();
        var payload = Payloads.Get(name);
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        client.AutoAnswer();

        Assert.Equal("completed", (await fixture.Server.Operations.CallAsync("caller", id, payload)).Outcome);

        // A payload that is a string already is sent as it is.
        var request = Assert.Single(client.Answered);
        if (payload.StartsWith('"'))
        {
            Assert.Equal(payload, request.RawData);
        }
        else
        {
            Assert.Equal(payload, request.Data);
        }
    }

    [Theory]
    [InlineData("7", "the printer is out of paper")]
    [InlineData("-1", null)]
    [InlineData("E_纸", "没有纸了 \"x\"")]
    public async Task The_clients_own_failure_is_an_answer(string code, string? message)
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));

        var call = fixture.Server.Operations.CallAsync("caller", id);
        await client.AnswerAsync(await client.ReceiveFrameAsync(), data: null, code, message);
        var answer = await call;

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(("completed", code, message, "null"), (answer.Outcome, answer["code"], answer["msg"], answer.RawData));
    }

    [Fact]
    public async Task Answers_may_come_in_any_order_and_with_a_numeric_uuid_of_the_clients_making_none_is_mixed_up()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        var calls = Enumerable.Range(0, 20).Select(number => fixture.Server.Operations.CallAsync("caller", id, $"[{number}]")).ToArray();
        var requests = new List<TestFrame>();
        while (requests.Count < calls.Length)
        {
            requests.Add(await client.ReceiveFrameAsync());
        }

        foreach (var request in Enumerable.Reverse(requests))
        {
            await client.AnswerAsync(request, $"\"to {request.Data}\"");
        }

        Assert.Equal(calls.Length, requests.Select(request => request.Uuid).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"\"to [{number}]\""), (await Task.WhenAll(calls)).Select(answer => answer.RawData));
    }

    [Fact]
    public async Task A_client_can_be_asked_while_its_own_queries_are_under_way()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        client.AutoAnswer("\"yes\"");
        var calls = new List<Task<Testing.Operations.ApiAnswer>>();
        for (var number = 0; number < 50; number++)
        {
            calls.Add(fixture.Server.Operations.CallAsync("caller", id));
            await client.SendTextAsync(TestClient.Frame("0003", $"{number}", $"{number}"));
        }

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("\"yes\"", answer.RawData));
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal($"{number}", (await client.ReceiveFrameAsync()).RawData);
        }
    }

    [Fact]
    public async Task A_message_is_accepted_once_it_is_handed_over_and_needs_no_answer()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));

        var accepted = await fixture.Server.Operations.MessageAsync("caller", id, """{"news":1}""");
        var message = await client.ReceiveFrameAsync();

        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal(("0002", """{"news":1}"""), (message.SessionType, message.Data));
        Assert.Equal("0", (await fixture.Server.Operations.StatusAsync("caller", id))["pendingRequests"]);
    }

    [Fact]
    public async Task Messages_arrive_in_the_order_they_were_accepted()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        for (var number = 0; number < 50; number++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await fixture.Server.Operations.MessageAsync("caller", id, $"{number}")).Status);
        }

        for (var number = 0; number < 50; number++)
        {
            Assert.Equal($"{number}", (await client.ReceiveFrameAsync()).Data);
        }
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("诊所 3 (北)")]
    [InlineData("👩‍⚕️")]
    [InlineData("a?b#c&d=e;f+g")]
    [InlineData("\"quoted\" \\ 'id'")]
    [InlineData("/")]
    [InlineData(" ")]
    [InlineData("caller/999")]
    public async Task Any_id_can_stand_in_a_path(string id)
    {
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        client.AutoAnswer(JsonSerializer.Serialize(id));

        var answer = await fixture.Server.Operations.CallAsync("caller", id);
        var status = await fixture.Server.Operations.StatusAsync("caller", id);

        Assert.Equal(id, answer["data"]);
        Assert.Equal(("caller", id, "true"), (status["type"], status["id"], status["connected"]));
        await client.CloseAsync();
    }

    [Fact]
    public async Task The_status_shows_what_is_known_of_a_client()
    {
        var id = NewId();
        var before = TimeProvider.System.GetUtcNow();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        await client.SendTextAsync(TestClient.Frame("0000"));
        await client.QueryAsync("1");

        var status = await fixture.Server.Operations.StatusAsync("caller", id);

        Assert.Equal(HttpStatusCode.OK, status.Status);
        Assert.Equal(("true", "0", "false", "127.0.0.1"), (status["connected"], status["pendingRequests"], status["banned"], status["remoteAddress"]));
        Assert.True(long.Parse(status["epoch"]!) > 0);
        Assert.False(string.IsNullOrEmpty(status["gateway"]));
        foreach (var time in (string[])["connectedAt", "lastHeartbeat", "lastSeen"])
        {
            Assert.InRange(status.Json.GetProperty(time).GetDateTimeOffset(), before.AddSeconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));
        }

        await LeaveAsync(client, fixture.Server.Operations, id);
        var after = await fixture.Server.Operations.StatusAsync("caller", id);
        Assert.Equal((null, null, null, status["epoch"]), (after["gateway"], after["connectedAt"], after["remoteAddress"], after["epoch"]));
        Assert.NotNull(after["lastSeen"]);
    }

    [Theory]
    [InlineData("nosuch", "unknown_type")]
    [InlineData("CALLER", "unknown_type")]
    [InlineData("caller", "unknown_client")]
    public async Task The_status_of_a_stranger_is_404(string type, string outcome)
    {
        var status = await fixture.Server.Operations.StatusAsync(type, NewId());

        Assert.Equal((HttpStatusCode.NotFound, outcome), (status.Status, status.Outcome));
        Assert.StartsWith("application/problem+json", status.ContentType, StringComparison.Ordinal);
    }
}
