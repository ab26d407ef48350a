using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Operations;

namespace Swp.EndToEnd.Tests.Standalone;

[Collection(StandaloneCollection.Name)]
public sealed class HandshakeTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Theory]
    [InlineData("swp.v1", "swp.v1")]
    [InlineData("swp.v9,swp.v1", "swp.v1")]
    [InlineData("swp.v9", null)]
    [InlineData("mqtt,amqp", null)]
    [InlineData("", null)]
    public async Task The_subprotocol_is_chosen_when_it_is_offered_and_the_client_gets_in_either_way(string offered, string? chosen)
    {
        var client = await Own(fixture.Server.ConnectAsync("caller", offered.Split(',', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Equal(chosen, client.ChosenSubProtocol);
        await client.OpenAsync(NewId());
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("CALLER")]
    [InlineData("-caller")]
    [InlineData("caller.")]
    [InlineData("caller%2F999")]
    [InlineData("a23456789012345678901234567890123")]
    public async Task An_unknown_type_is_accepted_and_closed_with_4500(string type)
    {
        var client = await Own(fixture.Server.ConnectAsync(type));

        Assert.Equal(new TestClose(4500, "unknown_client_type"), await client.WaitForCloseAsync());
    }

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        using var clients = new OperationsApi(fixture.Server.Clients);

        var answer = await clients.GetAsync("/wss/caller");

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.Status);
        Assert.Equal("websocket", string.Join(',', answer.Headers.Upgrade));
    }

    [Theory]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/health/ready")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/api/v1/clients/caller/999")]
    [InlineData("POST", "/api/v1/clients/caller/999/requests")]
    [InlineData("GET", "/api/v1/clients")]
    [InlineData("POST", "/api/v1/types/caller/messages")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("POST", "/web/wss/caller/call")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/wss")]
    [InlineData("GET", "/wss/caller/999")]
    public async Task The_clients_port_serves_nothing_else(string method, string path)
    {
        using var clients = new OperationsApi(fixture.Server.Clients);

        var answer = await clients.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task The_operations_port_takes_no_sockets()
    {
        var refused = await Assert.ThrowsAsync<HandshakeRefusedException>(() => TestClient.ConnectAsync(fixture.Server.Operations.Address, "caller"));

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
    }

    [Fact]
    public async Task The_server_says_that_it_is_alive_and_ready()
    {
        var live = await fixture.Server.Operations.GetAsync("/health/live");
        var ready = await fixture.Server.Operations.GetAsync("/health/ready");

        Assert.Equal((HttpStatusCode.OK, "live\n"), (live.Status, live.Text));
        Assert.Equal((HttpStatusCode.OK, "ready\n"), (ready.Status, ready.Text));
    }
}
