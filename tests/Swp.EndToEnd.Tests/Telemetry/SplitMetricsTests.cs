using System.Net;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.EndToEnd.Tests.Monitoring;
using Swp.Testing.Clients;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Telemetry;

/// <summary>What owners and gateways show, held against <c>docs/metrics.md</c> both ways.</summary>
[Collection(SplitCollection.Name)]
public sealed class SplitMetricsTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task Members_show_what_the_catalogue_says_and_nothing_else()
    {
        await LiveAsync();

        Scrape scrape = null!;
        await Eventually.True(async () =>
        {
            scrape = await Scrape.OfAsync(Gateways.Concat(Silos));
            return !Missing(scrape).Any() || Unknown(scrape).Any();
        }, "the members show everything");
        Assert.Empty(Unknown(scrape));
        Assert.Empty(Missing(scrape));
        foreach (var entry in Catalogue.Entries.Values.Where(entry => scrape.Kinds.ContainsKey(entry.Scraped)))
        {
            Assert.Equal((entry.Scraped, entry.ScrapedKind), (entry.Scraped, scrape.Kinds[entry.Scraped]));
            var labels = scrape.LabelsOf(entry.Scraped);
            Assert.True(entry.IsOwn ? entry.Labels.SetEquals(labels) : entry.Labels.IsSupersetOf(labels), $"{entry.Scraped} has the labels {string.Join(", ", labels.Order())}");
        }

        foreach (var text in scrape.Texts)
        {
            await Promtool.AcceptsAsync(["check", "metrics"], text);
        }
    }

    private static IEnumerable<string> Unknown(Scrape scrape) => scrape.Kinds.Keys.Where(name => name != "target_info" && !Catalogue.Entries.ContainsKey(name));

    private static IEnumerable<string> Missing(Scrape scrape) => Catalogue.Entries.Values.Where(entry => !entry.IsRare && !scrape.Kinds.ContainsKey(entry.Scraped)).Select(entry => entry.Scraped);

    // Everything once: connects, a call, a query, a HEART, a takeover.
    private async Task LiveAsync()
    {
        var id = NewId();
        var first = await Own(Gateway1.OpenAsync("caller", id));
        first.AutoAnswer();
        Assert.Equal("completed", (await Gateway2.Operations.CallAsync("caller", id)).Outcome);
        Assert.Equal(HttpStatusCode.Accepted, (await Gateway1.Operations.MessageAsync("caller", id)).Status);
        await first.QueryAsync("1");
        await first.SendTextAsync(TestClient.Frame("0000"));
        await Own(Gateway2.OpenAsync("caller", id));
        Assert.Equal(4502, (await first.Closed.DefaultTimeout()).Code);
    }
}
