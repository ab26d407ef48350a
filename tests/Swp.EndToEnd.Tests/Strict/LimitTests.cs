using System.Diagnostics;
using System.Net;
using System.Text;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Operations;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Strict;

[Collection(StrictCollection.Name)]
public sealed class LimitTests(StrictStandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    private OperationsApi Api => fixture.Server.Operations;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_does_not_open_in_time_is_closed_with_4508(bool beats)
    {
        var started = Stopwatch.GetTimestamp();
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        if (beats)
        {
            await client.SendTextAsync(TestClient.Frame("0000"));
        }

        Assert.Equal(new TestClose(4508, "not_opened"), await client.WaitForCloseAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 1, 4);
    }

    [Fact]
    public async Task A_silent_connection_is_closed_with_4001_and_any_message_breaks_the_silence()
    {
        var silent = await Own(fixture.Server.OpenAsync("his", NewId()));
        var talking = await Own(fixture.Server.OpenAsync("his", NewId()));
        var started = Stopwatch.GetTimestamp();
        while (silent.IsConnected)
        {
            await talking.QueryAsync("1");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.Equal(new TestClose(4001, "heartbeat_timeout"), await silent.WaitForCloseAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(started), StrictStandaloneFixture.HisIdleTimeout, StrictStandaloneFixture.HisIdleTimeout * 2.5);
        Assert.True(talking.IsConnected);
    }

    [Fact]
    public async Task A_client_has_so_many_requests_pending_and_one_more_is_refused()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        var calls = Enumerable.Range(0, StrictStandaloneFixture.MaxPendingRequests).Select(_ => Api.CallAsync("caller", id)).ToArray();
        var requests = new List<TestFrame>();
        while (requests.Count < calls.Length)
        {
            requests.Add(await client.ReceiveFrameAsync());
        }

        var refused = await Api.CallAsync("caller", id);
        var busy = await Api.CallerCallAsync($$"""{"clinicId":"{{id}}"}""");

        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_pending", "true"), (refused.Status, refused.Outcome, refused["retryable"]));
        Assert.Equal("叫号任务繁忙，请稍后再试！", refused["detail"]);
        Assert.Equal((HttpStatusCode.OK, """{"code":"SWP_00001","msg":"叫号任务繁忙，请稍后再试！"}"""), (busy.Status, busy.Text));

        await client.AnswerAsync(requests[0]);
        await Task.WhenAny(calls);
        client.AutoAnswer("\"room\"");
        Assert.Equal("\"room\"", (await Api.CallAsync("caller", id)).RawData);
        await client.AnswerAsync(requests[1]);
        await client.AnswerAsync(requests[2]);
        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal("completed", answer.Outcome));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_closed_with_4002_and_nothing_is_kept_for_it()
    {
        var id = NewId();
        var client = await Own(TestClient.ConnectWithoutReadingAsync(fixture.Server.Clients, "caller"));
        await client.SendTextAsync(TestClient.Frame("0001", $$"""{"clientId":"{{id}}"}"""));
        await Eventually.True(async () => (await Api.StatusAsync("caller", id)).Status == HttpStatusCode.OK);
        var data = $"\"{new string('x', 60_000)}\"";

        // First the system's own buffers are filled, then the client's queue.
        await Eventually.True(async () => (await Api.MessageAsync("caller", id, data)).Status != HttpStatusCode.Accepted);
        client.StartReading();

        Assert.Equal(new TestClose(4002, "slow_consumer"), await client.WaitForCloseAsync());
        await Eventually.True(async () => (await Api.StatusAsync("caller", id))["connected"] == "false");
    }

    [Fact]
    public async Task A_type_may_have_its_own_size_name_and_style()
    {
        const int Limit = StrictStandaloneFixture.MaxHisMessageBytes;
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("his", id));
        client.AutoAnswer();

        Assert.Equal("completed", (await Api.CallAsync("his", id, """{ "raw" : [1.0, "中"] }""")).Outcome);
        Assert.Equal("""{ "raw" : [1.0, "中"] }""", Assert.Single(client.Answered).RawData);
        Assert.Equal("completed", (await Api.CallAsync("his", id, $"\"{new string('x', Limit - 2)}\"")).Outcome);
        Assert.Equal("payload_too_large", (await Api.CallAsync("his", id, $"\"{new string('x', Limit - 1)}\"")).Outcome);

        await client.SendTextAsync(Sized(Limit));
        Assert.Equal("0003", (await client.ReceiveFrameAsync()).SessionType);
        await client.SendTextAsync(Sized(Limit + 1));
        Assert.Equal(1009, (await client.WaitForCloseAsync()).Code);
    }

    [Fact]
    public async Task Answers_of_the_server_to_a_type_with_raw_json_are_no_text_in_a_string()
    {
        var client = await Own(fixture.Server.ConnectAsync("his"));
        await client.SendTextAsync(TestClient.Frame("0001", """{"clientId":"raw-1"}"""));

        Assert.Equal("""{"clientId":"raw-1","msg":"success"}""", (await client.ReceiveFrameAsync()).RawData);
        Assert.StartsWith("{\"result\":", (await client.QueryAsync("""{"busiType":"feeItem","pageSize":1}""")).RawData, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_the_nodes_limit_of_connections_the_handshake_is_refused_with_503()
    {
        HandshakeRefusedException? refused = null;
        var clients = new List<TestClient>();
        while (refused is null && clients.Count <= StrictStandaloneFixture.MaxConnections)
        {
            try
            {
                clients.Add(await Own(fixture.Server.OpenAsync("caller", NewId())));
            }
            catch (HandshakeRefusedException e)
            {
                refused = e;
            }
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused?.Status);
        Assert.True(int.Parse(refused!.Header("Retry-After")!) > 0);
        Assert.All(clients, client => Assert.True(client.IsConnected));
        await Task.WhenAll(clients.Select(client => client.CloseAsync()));
        await Eventually.True(async () =>
        {
            try
            {
                return (await Own(fixture.Server.OpenAsync("caller", NewId()))).IsConnected;
            }
            catch (HandshakeRefusedException)
            {
                return false;
            }
        });
    }

    private static string Sized(int bytes)
    {
        var empty = TestClient.Frame("0003", "\"\"");
        return TestClient.Frame("0003", $"\"{new string('x', bytes - Encoding.UTF8.GetByteCount(empty))}\"");
    }
}
