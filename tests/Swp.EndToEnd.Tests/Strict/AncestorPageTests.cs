using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Strict;

/// <summary>The browser page of the older generation: its frames as its script makes them.</summary>
[Collection(StrictCollection.Name)]
public sealed class AncestorPageTests(StrictStandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Fact]
    public async Task The_page_opens_beats_and_is_called()
    {
        var id = NewId();
        var page = await Own(fixture.Server.ConnectAsync("caller"));
        Assert.Null(page.ChosenSubProtocol);

        // ws.onopen
        var (open, uuid) = Message("0001", $$"""{"clientId":"{{id}}"}""");
        await page.SendTextAsync(open);
        var opened = await page.ReceiveFrameAsync();
        Assert.Equal(("0001", "0", uuid), (opened.SessionType, opened.Code, opened.Uuid));
        Assert.Equal($$"""{"clientId":"{{id}}","msg":"success"}""", opened.Data);

        // setInterval(heart, 45000)
        for (var beat = 0; beat < 3; beat++)
        {
            await page.SendTextAsync(Message("0000", $"\"{id}\"").Text);
            var call = fixture.Server.Operations.CallAsync("caller", id, """{"callCode":"A12","patientName":"张三"}""");

            // obj.data is text that the page shows.
            var request = await page.ReceiveFrameAsync();
            Assert.Equal(("0002", """{"callCode":"A12","patientName":"张三"}"""), (request.SessionType, request.Data));
            await page.SendTextAsync(Message("0002", "\"\"").Text.Replace("\"uuid\":", $"\"uuid\":\"{request.Uuid}\",\"was\":", StringComparison.Ordinal));
            var answer = await call;
            Assert.Equal(("completed", "0", "open session", ""), (answer.Outcome, answer["code"], answer["msg"], answer["data"]));
            await Task.Delay(StrictStandaloneFixture.HeartbeatInterval, TestContext.Current.CancellationToken);
        }

        Assert.False(page.HasFrame, "a HEART has no answer");
        Assert.True(page.IsConnected);
    }

    // SESSION_MSG_ENTITY.data and .init, then JSON.stringify
    private static (string Text, string Uuid) Message(string sessionType, string data)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return ($$"""{"code":"0","msg":"open session","sessionType":"{{sessionType}}","sessionTime":{{now}},"data":{{data}},"uuid":{{now}}}""", $"{now}");
    }
}
