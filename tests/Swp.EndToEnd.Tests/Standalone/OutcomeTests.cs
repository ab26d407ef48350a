using System.Diagnostics;
using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Operations;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class OutcomeTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    private OperationsApi Api => fixture.Server.Operations;

    [Fact]
    public async Task Not_connected_carries_when_the_client_was_last_seen()
    {
        var id = NewId();
        var before = TimeProvider.System.GetUtcNow();
        await LeaveAsync(await Own(fixture.Server.OpenAsync("caller", id)), Api, id);

        foreach (var answer in (ApiAnswer[])[await Api.CallAsync("caller", id), await Api.MessageAsync("caller", id)])
        {
            AssertProblem(answer, HttpStatusCode.NotFound, "not_connected", retryable: true);
            Assert.InRange(answer.Json.GetProperty("lastSeen").GetDateTimeOffset(), before.AddSeconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));
        }
    }

    [Theory]
    [InlineData("caller", "unknown_client")]
    [InlineData("nosuch", "unknown_type")]
    [InlineData("Caller", "unknown_type")]
    [InlineData("a b", "unknown_type")]
    public async Task A_stranger_is_told_from_an_unknown_type(string type, string outcome)
    {
        AssertProblem(await Api.CallAsync(type, NewId()), HttpStatusCode.NotFound, outcome, retryable: false);
        AssertProblem(await Api.MessageAsync(type, NewId()), HttpStatusCode.NotFound, outcome, retryable: false);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_is_timed_out_and_its_late_answer_dropped()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        var started = Stopwatch.GetTimestamp();

        var answer = await Api.CallAsync("caller", id, timeoutMs: 300);

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 300, 1300);
        AssertProblem(answer, HttpStatusCode.GatewayTimeout, "timed_out", retryable: false);
        var request = await client.ReceiveFrameAsync();
        Assert.Equal(request.Uuid, answer["uuid"]);
        await client.AnswerAsync(request, "\"late\"");
        client.AutoAnswer("\"next\"");
        Assert.Equal("\"next\"", (await Api.CallAsync("caller", id)).RawData);
    }

    [Fact]
    public async Task A_timed_out_call_that_is_idempotent_may_be_made_again()
    {
        var id = NewId();
        await Own(fixture.Server.OpenAsync("caller", id));

        AssertProblem(await Api.CallAsync("caller", id, timeoutMs: 1, idempotent: true), HttpStatusCode.GatewayTimeout, "timed_out", retryable: true);
    }

    [Theory]
    [InlineData(65_600)]
    [InlineData(1_000_000)]
    public async Task A_payload_over_the_types_limit_is_refused(int bytes)
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        var data = $"\"{new string('x', bytes)}\"";

        AssertProblem(await Api.CallAsync("caller", id, data), HttpStatusCode.RequestEntityTooLarge, "payload_too_large", retryable: false);
        AssertProblem(await Api.MessageAsync("caller", id, data), HttpStatusCode.RequestEntityTooLarge, "payload_too_large", retryable: false);
        Assert.Equal("1", (await client.QueryAsync("1")).RawData);
    }

    [Fact]
    public async Task A_body_beyond_all_limits_is_refused_too()
    {
        var id = NewId();
        await Own(fixture.Server.OpenAsync("caller", id));

        var answer = await Api.CallAsync("caller", id, $"\"{new string('x', 9 * 1024 * 1024)}\"");

        AssertProblem(answer, HttpStatusCode.RequestEntityTooLarge, "payload_too_large", retryable: false);
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_its_call()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        using var call = Api.BeginCall("caller", id, timeoutMs: 300_000);
        _ = call.Answer;
        var request = await client.ReceiveFrameAsync();
        Assert.Equal("1", (await Api.StatusAsync("caller", id))["pendingRequests"]);

        await call.AbortAsync();

        await Eventually.True(async () => (await Api.StatusAsync("caller", id))["pendingRequests"] == "0");
        await client.AnswerAsync(request);
        Assert.Equal("1", (await client.QueryAsync("1")).RawData);
    }

    [Fact]
    public async Task A_call_waits_for_its_client_to_connect()
    {
        var id = NewId();
        await LeaveAsync(await Own(fixture.Server.OpenAsync("caller", id)), Api, id);
        var call = Api.CallAsync("caller", id, "\"are you there\"", timeoutMs: 20_000, waitForConnectMs: 20_000);
        var message = Api.PostAsync($"/api/v1/clients/caller/{id}/messages", """{"data":"hello","waitForConnectMs":20000}""");
        await PendingAsync(id, "2");

        var client = await Own(fixture.Server.ConnectAsync("caller"));
        client.AutoAnswer("\"now\"");
        await client.OpenAsync(id);

        Assert.Equal("\"now\"", (await call).RawData);
        Assert.Equal(HttpStatusCode.Accepted, (await message).Status);
        await Eventually.True(() => client.Answered.Count == 2);
    }

    [Fact]
    public async Task A_call_waits_for_a_client_that_has_never_connected_too()
    {
        var id = NewId();
        var call = Api.CallAsync("caller", id, timeoutMs: 20_000, waitForConnectMs: 20_000);
        Assert.Equal("unknown_client", (await Api.CallAsync("caller", id)).Outcome);

        var client = await Own(fixture.Server.ConnectAsync("caller"));
        client.AutoAnswer("\"now\"");
        await client.OpenAsync(id);

        Assert.Equal("\"now\"", (await call).RawData);
    }

    [Fact]
    public async Task A_call_does_not_wait_longer_than_it_said()
    {
        var id = NewId();
        await LeaveAsync(await Own(fixture.Server.OpenAsync("caller", id)), Api, id);
        var started = Stopwatch.GetTimestamp();

        var answer = await Api.CallAsync("caller", id, timeoutMs: 30_000, waitForConnectMs: 500);

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 500, 1500);
        AssertProblem(answer, HttpStatusCode.NotFound, "not_connected", retryable: true);
        Assert.NotNull(answer["lastSeen"]);
    }

    [Fact]
    public async Task An_idempotent_call_is_sent_again_with_the_same_uuid_when_its_client_comes_back()
    {
        var id = NewId();
        var first = await Own(fixture.Server.OpenAsync("caller", id));
        var call = Api.CallAsync("caller", id, """{"n":1}""", timeoutMs: 30_000, idempotent: true);
        var request = await first.ReceiveFrameAsync();
        first.Abort();

        var second = await Own(fixture.Server.OpenAsync("caller", id));
        var again = await second.ReceiveFrameAsync();
        await second.AnswerAsync(again, "\"done\"");
        var answer = await call;

        Assert.Equal((request.Uuid, request.RawData), (again.Uuid, again.RawData));
        Assert.Equal(("completed", "\"done\"", request.Uuid), (answer.Outcome, answer.RawData, answer["uuid"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_whose_client_leaves_is_lost_in_flight(bool politely)
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        var call = Api.CallAsync("caller", id, timeoutMs: 30_000);
        var request = await client.ReceiveFrameAsync();
        var started = Stopwatch.GetTimestamp();
        if (politely)
        {
            await client.CloseAsync();
        }
        else
        {
            client.Abort();
        }

        var answer = await call;

        AssertProblem(answer, HttpStatusCode.BadGateway, "lost_in_flight", retryable: false);
        Assert.Equal(request.Uuid, answer["uuid"]);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"data":1,"timeoutMs":"soon"}""")]
    [InlineData("""{"data":1,"timeoutMs":0}""")]
    [InlineData("""{"data":1,"timeoutMs":300001}""")]
    [InlineData("""{"data":1,"timeoutMs":1.5}""")]
    [InlineData("""{"data":1,"waitForConnectMs":-1}""")]
    [InlineData("""{"data":1,"waitForConnectMs":300001}""")]
    [InlineData("""{"data":1,"idempotent":"perhaps"}""")]
    [InlineData("""{"data":1} trailing""")]
    public async Task A_body_that_is_no_call_is_a_problem_of_the_caller(string body)
    {
        var id = NewId();
        await Own(fixture.Server.OpenAsync("caller", id));
        foreach (var verb in (string[])["requests", "messages"])
        {
            var answer = await Api.PostAsync($"/api/v1/clients/caller/{id}/{verb}", body);

            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.StartsWith("application/problem+json", answer.ContentType, StringComparison.Ordinal);
            Assert.Equal("400", answer["status"]);
            Assert.False(string.IsNullOrEmpty(answer["detail"]));
            Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a%00b")]
    [InlineData("a%0Ab")]
    [InlineData("%C2%85")]
    public async Task An_id_that_can_be_none_is_a_problem_of_the_caller(string id)
    {
        var answer = await Api.PostAsync($"/api/v1/clients/caller/{id}/requests", """{"data":1}""");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task An_id_that_is_too_long_is_a_problem_of_the_caller()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await Api.CallAsync("caller", new string('x', 129))).Status);
        Assert.Equal("unknown_client", (await Api.CallAsync("caller", new string('y', 128))).Outcome);
    }

    [Fact]
    public async Task A_call_without_data_reaches_the_client_without_data()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        client.AutoAnswer();

        await Api.PostAsync($"/api/v1/clients/caller/{id}/requests", "{}");
        await Api.PostAsync($"/api/v1/clients/caller/{id}/requests", """{"data":null}""");

        Assert.All(client.Answered, request => Assert.Null(request.RawData));
        Assert.Equal(2, client.Answered.Count);
    }

    private static void AssertProblem(ApiAnswer answer, HttpStatusCode status, string outcome, bool retryable)
    {
        Assert.Equal((status, outcome), (answer.Status, answer.Outcome));
        Assert.StartsWith("application/problem+json", answer.ContentType, StringComparison.Ordinal);
        Assert.Equal(retryable, answer.Json.GetProperty("retryable").GetBoolean());
        Assert.Equal((int)status, answer.Json.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(answer["detail"]));
        Assert.False(string.IsNullOrEmpty(answer["title"]));
    }

    private Task PendingAsync(string id, string count) => Eventually.True(async () => (await Api.StatusAsync("caller", id))["pendingRequests"] == count);
}
