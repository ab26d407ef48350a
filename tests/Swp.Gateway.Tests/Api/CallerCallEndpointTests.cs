using System.Text;
using Swp.Clients;
using Swp.Gateway.Tests.Kit;

namespace Swp.Gateway.Tests.Api;

/// <summary>The older generation's call: HTTP 200 whatever happens, and its words exactly.</summary>
public sealed class CallerCallEndpointTests : IAsyncDisposable
{
    private const string Path = "/web/wss/caller/call";

    private readonly TestApi _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData(CallOutcome.NotConnected, null, "客户端[叫号](999)未链接")]
    [InlineData(CallOutcome.NotConnected, "屏幕", "客户端[屏幕](999)未链接")]
    [InlineData(CallOutcome.UnknownClient, "叫号", "客户端[叫号](999)未链接")]
    [InlineData(CallOutcome.UnknownType, null, "客户端[叫号](999)未链接")]
    [InlineData(CallOutcome.Banned, "叫号", "客户端[叫号](999)未链接")]
    [InlineData(CallOutcome.TimedOut, "叫号", "叫号客户端请求超时")]
    [InlineData(CallOutcome.TooManyPending, "叫号", "叫号任务繁忙，请稍后再试！")]
    [InlineData(CallOutcome.PayloadTooLarge, "叫号", "叫号请求数据过大")]
    [InlineData(CallOutcome.NotSent, "叫号", "叫号服务端读取客户端响应异常，请稍后再试！")]
    [InlineData(CallOutcome.LostInFlight, "叫号", "叫号服务端读取客户端响应异常，请稍后再试！")]
    [InlineData(CallOutcome.Cancelled, "叫号", "叫号服务端读取客户端响应异常，请稍后再试！")]
    [InlineData(CallOutcome.ClusterUnavailable, null, "叫号服务端读取客户端响应异常，请稍后再试！")]
    public async Task Call_ThatDidNotComplete_IsItsWords(CallOutcome outcome, string? displayName, string message)
    {
        _api.Clients.Result = new CallResult { Outcome = outcome, TypeDisplayName = displayName, Message = "not these words" };
        Assert.Equal(
            (200, "application/json; charset=utf-8", $$"""{"code":"SWP_00001","msg":"{{message}}"}"""),
            await CallAsync("""{"clinicId":999}"""));
    }

    [Fact]
    public async Task Call_Completed_IsTheClientsAnswerAsAFrame()
    {
        _api.Clients.Result = new CallResult { Outcome = CallOutcome.Completed, Code = "0", Message = "ok", Data = JsonPayload.Parse("\"{ }\""), Uuid = "u" };
        Assert.Equal(
            (200, "application/json; charset=utf-8", $$"""{"code":"0","msg":"ok","sessionType":"0002","sessionTime":{{_api.Time.GetUtcNow().ToUnixTimeMilliseconds()}},"data":"{ }","uuid":"u"}"""),
            await CallAsync("""{"clinicId":999}"""));
    }

    [Fact]
    public async Task Call_TheOtherSevenMembers_AreThePayloadAsText()
    {
        await CallAsync("""{"windowId":"3","clinicId":"999","callCode":"A12","patientId":12345678901234567890,"patientName":"张\u4e09","patientPhone":null,"doctorId":true,"doctorName":"","extra":1}""");
        var call = Assert.Single(_api.Clients.Calls);
        Assert.Equal(
            ("request", "caller/999", """{"callCode":"A12","patientId":"12345678901234567890","patientName":"张三","doctorId":"true","doctorName":"","windowId":"3"}"""),
            (call.Kind, call.Key.ToString(), call.Data.ToString()));
        Assert.Null(call.Options);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"clinicId\":null}")]
    [InlineData("{\"clinicId\":\"\"}")]
    [InlineData("{\"clinicId\":{}}")]
    [InlineData("{\"clinicId\":\"a\\u0000\"}")]
    [InlineData("{\"clinicId\":\"\\ud800\"}")]
    public async Task Call_WithoutAClinic_SaysSo(string body)
    {
        Assert.Equal((200, "application/json; charset=utf-8", """{"code":"SWP_00001","msg":"clinicId: 1 - 128"}"""), await CallAsync(body));
        Assert.Empty(_api.Clients.Calls);
    }

    [Fact]
    public async Task Call_TextThatIsNoText_IsLeftOut()
    {
        await _api.SendAsync("POST", Path, Path, Encoding.Latin1.GetBytes("{\"clinicId\":9,\"callCode\":\"\\ud800\",\"patientName\":\"\u00ff\",\"windowId\":1}"));
        Assert.Equal("""{"windowId":"1"}""", Assert.Single(_api.Clients.Calls).Data.ToString());
    }

    private Task<(int Status, string ContentType, string Body)> CallAsync(string body) => _api.SendAsync("POST", Path, Path, Encoding.UTF8.GetBytes(body));
}
