using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class QueryTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Theory]
    [MemberData(nameof(Payloads.All), MemberType = typeof(Payloads))]
    public async Task An_echo_is_byte_for_byte(string name)
    {
        var payload = Payloads.Get(name);
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));

        var answer = await client.QueryAsync(payload);

        Assert.Equal(("0003", "0", "q"), (answer.SessionType, answer.Code, answer.Uuid));
        Assert.Equal(payload, answer.RawData);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public async Task No_data_is_answered_with_none(string? data)
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        await client.SendTextAsync(TestClient.Frame("0003", data, "1"));

        var answer = await client.ReceiveFrameAsync();

        Assert.Equal(("0", null), (answer.Code, answer.RawData));
    }

    [Fact]
    public async Task Queries_sent_without_waiting_are_answered_in_order()
    {
        var client = await Own(fixture.Server.OpenAsync("caller", NewId()));
        for (var number = 0; number < 200; number++)
        {
            await client.SendTextAsync(TestClient.Frame("0003", $"{{\"n\":{number}}}", $"{number}"));
        }

        for (var number = 0; number < 200; number++)
        {
            var answer = await client.ReceiveFrameAsync();
            Assert.Equal(($"{number}", $"{{\"n\":{number}}}"), (answer.Uuid, answer.RawData));
        }
    }

    [Fact]
    public async Task Clients_that_ask_together_get_their_own_answers()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Own(fixture.Server.OpenAsync("caller", NewId()))));

        await Task.WhenAll(clients.Select(async (client, index) =>
        {
            for (var number = 0; number < 20; number++)
            {
                Assert.Equal($"[{index}, {number}]", (await client.QueryAsync($"[{index}, {number}]")).RawData);
            }
        }));
    }
}
