using Swp.EndToEnd.Tests.Fixtures;

namespace Swp.EndToEnd.Tests.Split;

[Collection(NetworkCollection.Name)]
public sealed class NetworkCutTests(NetworkFixture fixture) : EndToEndTest(fixture.Cluster.Members)
{
    [Fact]
    public async Task A_client_in_another_network_is_called_through_the_other_gateway()
    {
        var id = NewId();
        var client = await Own(fixture.Cluster.Gateways[0].OpenAsync("caller", id));
        client.AutoAnswer("\"here\"");

        Assert.Equal("\"here\"", (await fixture.Cluster.Gateways[1].Operations.CallAsync("caller", id)).RawData);
    }
}
