using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Tokens;

namespace Swp.EndToEnd.Tests.Connecting;

[Collection(GuardedCollection.Name)]
public sealed class TokenTests(GuardedStandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Theory]
    [InlineData("header")]
    [InlineData("query")]
    [InlineData("open")]
    public async Task A_token_lets_its_client_in_wherever_it_is_and_never_appears_in_the_log(string place)
    {
        var id = NewId();
        var token = Token(id);
        var start = fixture.Server.Log.Text.Length;
        var client = await Own(TestClient.ConnectAsync(
            fixture.Server.Clients,
            place == "query" ? $"caller?x=1&access_token={token}" : "caller",
            options =>
            {
                if (place == "header")
                {
                    options.SetRequestHeader("Authorization", $"Bearer {token}");
                }
            }));

        Assert.Equal(("0001", "0"), await OpenAsync(client, id, place == "open" ? token : null) is var answer ? (answer.SessionType, answer.Code) : default);
        client.AutoAnswer();
        Assert.Equal("completed", (await fixture.Server.Operations.CallAsync("caller", id)).Outcome);

        // The request log of the framework is on: it shows the request, without its token.
        var log = fixture.Server.Log.After(start);
        Assert.Contains("Request starting HTTP/1.1 GET", log, StringComparison.Ordinal);
        Assert.DoesNotContain(token, log, StringComparison.Ordinal);
        Assert.DoesNotContain(token[(token.LastIndexOf('.') + 1)..], log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_or_with_another_clients_the_open_is_refused_and_closed_with_4501()
    {
        var id = NewId();
        foreach (var token in new[] { null, Token(NewId()), Token(id, type: "his"), Token(id, expires: TimeSpan.FromSeconds(-1)), Token(id) + "x" })
        {
            var client = await Own(fixture.Server.ConnectAsync("caller"));
            var answer = await OpenAsync(client, id, token);
            Assert.Equal(("0001", "-1", "unauthorized"), (answer.SessionType, answer.Code, answer.Error));
            Assert.NotEmpty(answer.Message!);
            Assert.Equal(new TestClose(4501, "unauthorized"), await client.WaitForCloseAsync());
        }

        Assert.Equal("unknown_client", (await fixture.Server.Operations.StatusAsync("caller", id)).Outcome);
    }

    [Fact]
    public async Task Another_type_of_the_same_server_needs_none()
    {
        var client = await Own(fixture.Server.OpenAsync("his", NewId()));
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task The_connection_ends_with_its_token_unless_a_fresh_one_came()
    {
        var (ending, renewed) = (NewId(), NewId());
        var clients = new List<TestClient>();
        foreach (var id in new[] { ending, renewed })
        {
            var client = await Own(fixture.Server.ConnectAsync("caller"));
            Assert.Equal("0", (await OpenAsync(client, id, Token(id, expires: TimeSpan.FromSeconds(4)))).Code);
            clients.Add(client);
        }

        Assert.Equal("0", (await OpenAsync(clients[1], renewed, Token(renewed))).Code);
        Assert.Equal(new TestClose(4006, "token_expired"), await clients[0].WaitForCloseAsync());
        Assert.True(clients[1].IsConnected);
        clients[1].AutoAnswer();
        Assert.Equal("completed", (await fixture.Server.Operations.CallAsync("caller", renewed)).Outcome);
    }

    [Fact]
    public async Task A_key_that_was_published_since_the_start_is_found()
    {
        var id = NewId();
        using var next = TokenSigner.Rsa("key-2");
        fixture.Provider.Publish(fixture.Signer, next);
        var client = await Own(fixture.Server.ConnectAsync("caller"));
        Assert.Equal("0", (await OpenAsync(client, id, Token(id, signer: next))).Code);
    }

    private static async Task<TestFrame> OpenAsync(TestClient client, string id, string? token)
    {
        await client.SendTextAsync(TestClient.Frame("0001", token is null ? $$"""{"clientId":"{{id}}"}""" : $$"""{"clientId":"{{id}}","token":"{{token}}"}""", "\"open\""));
        return await client.ReceiveFrameAsync();
    }

    private string Token(string id, string type = "caller", TimeSpan? expires = null, TokenSigner? signer = null)
    {
        var claims = TokenSigner.Claims(id, TimeProvider.System.GetUtcNow() + (expires ?? TimeSpan.FromMinutes(10)), type);
        (claims["iss"], claims["aud"]) = (GuardedStandaloneFixture.Issuer, GuardedStandaloneFixture.Audience);
        return (signer ?? fixture.Signer).Token(claims);
    }
}
