using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Swp.Bench.Reports.Plots;

/// <summary>Elements of an SVG. Text goes in as text: the writer escapes it.</summary>
internal static class Svg
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>A page with its own background, light or dark as the reader's, and what a screen reader says of it.</summary>
    public static XElement Page(string name, string title, string description, double width, double height, params IEnumerable<XElement> content) =>
        Element(
            "svg",
            new XAttribute("viewBox", $"0 0 {Place(width)} {Place(height)}"),
            new XAttribute("width", Place(width)),
            new XAttribute("height", Place(height)),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{name}-title {name}-desc"),
            Element("title", new XAttribute("id", $"{name}-title"), Clean(title)),
            Element("desc", new XAttribute("id", $"{name}-desc"), Clean(description)),
            Element("style", PlotStyle.Css),
            Rect("page", 0.5, 0.5, width - 1, height - 1, 8),
            content);

    public static XElement Rect(string style, double x, double y, double width, double height, double radius = 0, string? tip = null) =>
        Element("rect", Style(style), At("x", x), At("y", y), At("width", width), At("height", height), radius > 0 ? At("rx", radius) : null, Tip(tip));

    public static XElement Line(string style, double x1, double y1, double x2, double y2) =>
        Element("line", Style(style), At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    public static XElement Path(string style, string data, string? tip = null) => Element("path", Style(style), new XAttribute("d", data), Tip(tip));

    public static XElement Text(string style, double x, double y, string text, string? tip = null) =>
        Element("text", Style(style), At("x", x), At("y", y), Clean(text), Tip(tip));

    /// <summary>A part of a text with a style of its own, so far from what is before it.</summary>
    public static XElement Span(string style, double gap, string text) => Element("tspan", Style(style), At("dx", gap), Clean(text));

    /// <summary>Cut to so many characters, and then with all of it as a tip.</summary>
    public static XElement FittedText(string style, double x, double y, string text, int most) =>
        text.Length <= most ? Text(style, x, y, text) : Text(style, x, y, $"{text[..(most - 1)]}…", text);

    /// <summary>A least-to-most line with ends.</summary>
    public static XElement Whisker(string style, double from, double to, double y, double half) =>
        Path(style, $"M{Place(from)} {Place(y - half)}V{Place(y + half)}M{Place(from)} {Place(y)}H{Place(to)}M{Place(to)} {Place(y - half)}V{Place(y + half)}");

    public static string Place(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Letters, digits and hyphens of a name.</summary>
    public static string Slug(string name) =>
        new string([.. name.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')]).Trim('-') is { Length: > 0 } slug ? slug : "plot";

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    private static XAttribute At(string name, double value) => new(name, Place(value));

    private static XAttribute Style(string style) => new("class", style);

    private static XElement? Tip(string? text) => text is null ? null : Element("title", Clean(text));

    // What XML has no way to write at all, escaped or not.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }
}
