namespace Swp.EndToEnd.Tests.Monitoring;

/// <summary>A row of the catalogue.</summary>
/// <param name="Name">As the code names it.</param>
/// <param name="Scraped">As Prometheus sees it.</param>
/// <param name="Kind">counter, updowncounter, gauge or histogram.</param>
/// <param name="Unit">As the code gives it.</param>
/// <param name="Labels">As Prometheus sees them.</param>
/// <param name="IsOwn">Whether it is Swp's own.</param>
/// <param name="IsRare">Whether it is there only once something has happened.</param>
public sealed record CatalogueEntry(string Name, string Scraped, string Kind, string Unit, IReadOnlySet<string> Labels, bool IsOwn, bool IsRare)
{
    /// <summary>The type Prometheus gives it.</summary>
    public string ScrapedKind => Kind is "histogram" or "counter" ? Kind : "gauge";

    /// <summary>What the exporter makes of name, unit and kind.</summary>
    public string Translated => Name.Replace('.', '_') + Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" } + (Kind == "counter" ? "_total" : "");
}
