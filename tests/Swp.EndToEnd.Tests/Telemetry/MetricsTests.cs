using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.EndToEnd.Tests.Monitoring;
using Swp.Testing.Operations;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Telemetry;

[Collection(StandaloneCollection.Name)]
public sealed class MetricsTests(StandaloneFixture fixture) : EndToEndTest(fixture.Server)
{
    private OperationsApi Api => fixture.Server.Operations;

    [Fact]
    public async Task They_are_served_to_operators_only()
    {
        using var clients = new OperationsApi(fixture.Server.Clients);
        Assert.Equal(HttpStatusCode.NotFound, (await clients.GetAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Api.GetAsync("/metrics")).Status);
    }

    [Fact]
    public async Task A_call_is_counted_once_where_it_is_made_and_where_it_is_kept()
    {
        var id = NewId();
        var client = await Own(fixture.Server.OpenAsync("caller", id));
        client.AutoAnswer();
        string[] completed = ["swp_client_type=\"caller\"", "swp_call_outcome=\"completed\"", "rpc_method=\"request\""];
        var before = await ScrapeAsync();
        Assert.Equal("completed", (await Api.CallAsync("caller", id)).Outcome);

        await Eventually.True(async () => Counted(await ScrapeAsync(), before, "swp_call_duration_seconds_count") == 1);
        Assert.Equal(1, Counted(await ScrapeAsync(), before, "swp_owner_call_duration_seconds_count"));

        double Counted(Scrape after, Scrape before, string series) => after.Sum(series, completed) - before.Sum(series, completed);
    }

    [Fact]
    public async Task What_callers_and_clients_make_up_is_no_label()
    {
        var id = NewId();
        await Own(fixture.Server.OpenAsync("caller", id));
        Assert.Equal("unknown_type", (await Api.CallAsync("made-up", id)).Outcome);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.GetAsync($"/made-up/{id}")).Status);

        string text = null!;
        await Eventually.True(async () => (text = (await Api.GetAsync("/metrics")).Text).Contains("swp_call_outcome=\"unknown_type\"", StringComparison.Ordinal));
        Assert.DoesNotContain("made-up", text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standalone_shows_nothing_that_is_not_in_the_catalogue() =>
        Assert.All((await ScrapeAsync()).Kinds.Keys.Where(name => name != "target_info"), name => Assert.Contains(name, Catalogue.Entries.Keys));

    private Task<Scrape> ScrapeAsync() => Scrape.OfAsync(fixture.Server);
}
