using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Swp.EndToEnd.Tests.Fixtures;

namespace Swp.EndToEnd.Tests.Standalone;

/// <summary>The call of the older generation, whose callers compare its words.</summary>
[Collection(StandaloneCollection.Name)]
public sealed class CallerCallTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Fact]
    public async Task The_client_gets_the_seven_members_as_text_and_the_caller_its_answer_as_a_frame()
    {
        var id = Random.Shared.Next(1_000_000, 9_999_999);
        var client = await Own(fixture.Server.OpenAsync("caller", $"{id}"));

        var call = fixture.Server.Operations.CallerCallAsync($$"""
            {"clinicId":{{id}},"callCode":"A12","patientId":10001,"patientName":"张三","patientPhone":"13800000000","doctorId":7,"doctorName":"李医生","windowId":3}
            """);
        var request = await client.ReceiveFrameAsync();
        await client.AnswerAsync(request, "\"{\\\"shown\\\":true}\"", "0", "已呼叫");
        var answer = await call;

        Assert.Equal(
            """{"callCode":"A12","patientId":"10001","patientName":"张三","patientPhone":"13800000000","doctorId":"7","doctorName":"李医生","windowId":"3"}""",
            request.Data);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Matches("^application/json", answer.ContentType);
        Assert.Equal(("0", "已呼叫", "0002", request.Uuid), (answer["code"], answer["msg"], answer["sessionType"], answer["uuid"]));
        Assert.Equal("\"{\\\"shown\\\":true}\"", answer.RawData);
        Assert.Equal(JsonValueKind.Number, answer.Json.GetProperty("sessionTime").ValueKind);
    }

    [Fact]
    public async Task The_clients_own_failure_is_its_answer()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));

        var call = fixture.Server.Operations.CallerCallAsync($$"""{"clinicId":"{{id}}"}""");
        await client.AnswerAsync(await client.ReceiveFrameAsync(), data: null, "17", "没有纸了");
        var answer = await call;

        Assert.Equal((HttpStatusCode.OK, "17", "没有纸了"), (answer.Status, answer["code"], answer["msg"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_is_not_there_is_named(bool known)
    {
        var id = NewId();
        if (known)
        {
            await LeaveAsync(await Own(fixture.Server.OpenAsync("caller", id)), fixture.Server.Operations, id);
        }

        var answer = await fixture.Server.Operations.CallerCallAsync($$"""{"clinicId":"{{id}}","callCode":"A12"}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal($$"""{"code":"SWP_00001","msg":"客户端[叫号]({{id}})未链接"}""", answer.Text);
    }

    [Fact]
    public async Task A_client_that_does_not_answer_is_waited_for_for_ten_seconds()
    {
        var id = NewId();
        await Own(fixture.Server.OpenAsync("caller", id));
        var started = Stopwatch.GetTimestamp();

        var answer = await fixture.Server.Operations.CallerCallAsync($$"""{"clinicId":"{{id}}"}""");

        Assert.Equal((HttpStatusCode.OK, """{"code":"SWP_00001","msg":"叫号客户端请求超时"}"""), (answer.Status, answer.Text));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 10, 11);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"clinicId":null}""")]
    [InlineData("""{"clinicId":""}""")]
    [InlineData("""{"clinicId":{}}""")]
    public async Task A_call_to_nobody_fails_in_the_same_form(string body)
    {
        var answer = await fixture.Server.Operations.CallerCallAsync(body);

        Assert.Equal((HttpStatusCode.OK, "SWP_00001"), (answer.Status, answer["code"]));
        Assert.NotNull(answer["msg"]);
    }
}
