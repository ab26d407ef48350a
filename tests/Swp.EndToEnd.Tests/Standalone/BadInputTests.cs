using System.Text;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class BadInputTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    public static TheoryData<string, int> Messages => new()
    {
        { "", 1007 },
        { " ", 1007 },
        { "hello", 1007 },
        { "{", 1007 },
        { "{}{}", 1007 },
        { """{"sessionType":"0003"} x""", 1007 },
        { """{"sessionType":"0003",}""", 1007 },
        { """{"sessionType":"0003"}//""", 1007 },
        { """{'sessionType':'0003'}""", 1007 },
        { """{"sessionType":"0003","data":NaN}""", 1007 },
        { """{"sessionType":"0003","data":01}""", 1007 },
        { "{\"sessionType\":\"0003\",\"data\":\"a\nb\"}", 1007 },
        { """{"sessionType":"\ud800"}""", 1007 },
        { "[]", 1007 },
        { "\"0003\"", 1007 },
        { "7", 1007 },
        { "null", 1007 },
        { Nested(64), 1007 },
        { "{}", 4507 },
        { """{"sessionType":null}""", 4507 },
        { """{"sessionType":3}""", 4507 },
        { """{"sessionType":["0003"]}""", 4507 },
        { """{"SessionType":"0003"}""", 4507 },
        { """{"sessionType":"0003","uuid":true}""", 4507 },
        { """{"sessionType":"0003","uuid":{}}""", 4507 },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task What_is_no_frame_closes_the_connection(string message, int code)
    {
        var opened = await Own(fixture.Server.OpenAsync("caller", NewId()));
        var fresh = await Own(fixture.Server.ConnectAsync("caller"));

        await opened.SendTextAsync(message);
        await fresh.SendTextAsync(message);

        Assert.Equal(code, (await opened.WaitForCloseAsync()).Code);
        Assert.Equal(code, (await fresh.WaitForCloseAsync()).Code);
    }

    [Fact]
    public async Task Nesting_up_to_64_is_relayed()
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        var message = Nested(63);

        await client.SendTextAsync(message);

        Assert.Equal(new TestFrame(message).RawData, (await client.ReceiveFrameAsync()).RawData);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { (byte)'{', (byte)'"', 0xC3, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public async Task What_is_not_utf8_closes_with_1007(byte[] message)
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));

        await client.SendTextAsync(message);

        Assert.Equal(1007, (await client.WaitForCloseAsync()).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100_000)]
    public async Task A_binary_message_closes_with_1003(int length)
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));

        await client.SendBinaryAsync(new byte[length]);

        Assert.Equal(new TestClose(1003, "unsupported_data"), await client.WaitForCloseAsync());
    }

    [Fact]
    public async Task A_message_may_have_64_KiB_and_no_byte_more()
    {
        const int Limit = 64 * 1024;
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));

        await client.SendTextAsync(Sized(Limit));
        Assert.Equal("0", (await client.ReceiveFrameAsync()).Code);
        await client.SendTextAsync(Sized(Limit + 1));

        Assert.Equal(new TestClose(1009, "message_too_big"), await client.WaitForCloseAsync());
    }

    [Fact]
    public async Task A_message_that_does_not_end_is_not_buffered()
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        for (var piece = 0; piece < 9; piece++)
        {
            await client.SendPieceAsync(new string(' ', 8 * 1024), last: false);
        }

        Assert.Equal(1009, (await client.WaitForCloseAsync()).Code);
    }

    [Fact]
    public async Task A_message_in_pieces_is_one_message()
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        await client.SendPieceAsync("{\"sessionType\":\"00", last: false);
        await client.SendPieceAsync("", last: false);
        await client.SendPieceAsync("03\",\"data\":[1, 2]", last: false);
        await client.SendPieceAsync("}", last: true);

        Assert.Equal("[1, 2]", (await client.ReceiveFrameAsync()).RawData);
    }

    [Theory]
    [InlineData("0002")]
    [InlineData("0003")]
    [InlineData("0004")]
    [InlineData("")]
    public async Task Anything_but_heart_or_open_before_open_closes_with_4508(string sessionType)
    {
        var client = await Own(fixture.Server.ConnectAsync("caller"));

        await client.SendTextAsync(TestClient.Frame(sessionType, "1"));

        Assert.Equal(new TestClose(4508, "not_opened"), await client.WaitForCloseAsync());
    }

    [Theory]
    [InlineData("0004")]
    [InlineData("")]
    [InlineData("OPEN")]
    public async Task An_unknown_session_type_is_refused_and_the_connection_stays(string sessionType)
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        await client.SendTextAsync(TestClient.Frame(sessionType, "1", "4"));

        var refused = await client.ReceiveFrameAsync();

        Assert.Equal((sessionType, "-1", "4", "unknown_session_type"), (refused.SessionType, refused.Code, refused.Uuid, refused.Error));
        Assert.False(refused.Json.GetProperty("error").GetProperty("retryable").GetBoolean());
        Assert.Equal("2", (await client.QueryAsync("2")).RawData);
    }

    [Fact]
    public async Task Answers_that_nobody_waits_for_are_dropped()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        await client.SendTextAsync(TestClient.Frame("0002", "1", "\"never asked\""));
        await client.SendTextAsync(TestClient.Frame("0002", "1"));

        var call = fixture.Server.Operations.CallAsync("caller", id);
        var request = await client.ReceiveFrameAsync();
        await client.AnswerAsync(request, "\"first\"");
        await client.AnswerAsync(request, "\"second\"");

        Assert.Equal("\"first\"", (await call).RawData);
        Assert.Equal("3", (await client.QueryAsync("3")).RawData);
    }

    // The message's own object is the first level.
    private static string Nested(int depth) =>
        $$"""{"sessionType":"0003","data":{{new string('[', depth)}}{{new string(']', depth)}}}""";

    private static string Sized(int bytes)
    {
        var empty = TestClient.Frame("0003", "\"\"");
        return TestClient.Frame("0003", $"\"{new string('x', bytes - Encoding.UTF8.GetByteCount(empty))}\"");
    }
}
