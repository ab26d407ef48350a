using System.Text.Json;
using Swp.Samples.Caller;

namespace Swp.Clinic.Tests.Samples;

public sealed class CallScreenTests
{
    [Theory]
    [InlineData("""{"callCode":"A12","patientName":"张三","windowId":"3","doctorName":"李医生","patientPhone":"13800000000"}""", "  请 A12 号 张三 到 3 号窗口（李医生）", """{"shown":true,"callCode":"A12"}""")]
    [InlineData(""" "{\"callCode\":\"A12\",\"patientName\":\"张三\",\"windowId\":\"3\"}" """, "  请 A12 号 张三 到 3 号窗口", """{"shown":true,"callCode":"A12"}""")]
    [InlineData("""{"callCode":"A12"}""", "  请 A12 号 到诊室", """{"shown":true,"callCode":"A12"}""")]
    [InlineData("""{"other":1}""", """  {"other":1}""", """{"shown":true}""")]
    [InlineData("""{"callCode":12}""", """  {"callCode":12}""", """{"shown":true}""")]
    [InlineData("\"hello\"", "  hello", """{"shown":true}""")]
    [InlineData("\"{broken\"", "  {broken", """{"shown":true}""")]
    public async Task ShowAsync_Request_IsShownAndConfirmed(string data, string shown, string confirmation)
    {
        List<string> lines = [];
        var reply = await new CallScreen(TimeSpan.Zero, lines.Add).ShowAsync(JsonElement.Parse(data), TestContext.Current.CancellationToken);
        Assert.Equal([shown], lines);
        Assert.Equal(("0", confirmation), (reply.Code, reply.Data.ToString()));
    }

    [Fact]
    public async Task ShowAsync_WithoutData_IsConfirmed()
    {
        var reply = await new CallScreen(TimeSpan.Zero, _ => { }).ShowAsync(null, TestContext.Current.CancellationToken);
        Assert.Equal("""{"shown":true}""", reply.Data.ToString());
    }
}
