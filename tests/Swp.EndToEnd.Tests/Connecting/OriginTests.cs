using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;

namespace Swp.EndToEnd.Tests.Connecting;

[Collection(GuardedCollection.Name)]
public sealed class OriginTests(GuardedStandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    [Theory]
    [InlineData("https://evil-example.com")]
    [InlineData("https://example.com.evil.org")]
    [InlineData("http://localhost:3000")]
    [InlineData("null")]
    public async Task A_foreign_page_is_accepted_and_closed_with_4504(string origin)
    {
        var client = await Own(TestClient.ConnectAsync(fixture.Server.Clients, "his", options => options.SetRequestHeader("Origin", origin)));

        Assert.Equal(new TestClose(4504, "forbidden_origin"), await client.WaitForCloseAsync());
    }

    [Theory]
    [InlineData("https://app.example.com")]
    [InlineData(null)]
    public async Task A_page_that_is_listed_and_a_machine_get_in(string? origin)
    {
        var client = await Own(TestClient.ConnectAsync(fixture.Server.Clients, "his", options =>
        {
            if (origin is not null)
            {
                options.SetRequestHeader("Origin", origin);
            }
        }));

        await client.OpenAsync(NewId());
    }
}
