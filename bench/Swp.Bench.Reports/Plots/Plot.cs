using System.Xml.Linq;

namespace Swp.Bench.Reports.Plots;

/// <summary>A drawing of a scenario.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Name">Its own name, of letters, digits and hyphens.</param>
/// <param name="Title">What is in it.</param>
/// <param name="Root">The SVG.</param>
public sealed record Plot(string Scenario, string Name, string Title, XElement Root)
{
    /// <summary>Under which it is kept.</summary>
    public string FileName => $"{Name}.svg";

    /// <summary>The file's content.</summary>
    public string ToXml() => $"{new XDeclaration("1.0", "utf-8", null)}\n{Root}\n";
}
