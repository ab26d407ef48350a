namespace Swp.Gateway.Origins;

/// <summary>One entry of the allow-list: an origin, those of all hosts below a domain, or all.</summary>
internal sealed class OriginPattern
{
    private const string AnyOrigin = "*";
    private const string AnyHostBelow = "://*.";
    private const string AnyPort = ":*";

    private readonly Origin _origin;
    private readonly bool _all;
    private readonly bool _below;
    private readonly bool _anyPort;

    private OriginPattern(Origin origin, bool all = false, bool below = false, bool anyPort = false) => (_origin, _all, _below, _anyPort) = (origin, all, below, anyPort);

    /// <summary>Reads an entry.</summary>
    /// <exception cref="FormatException">It is none; the message says what one is.</exception>
    public static OriginPattern Parse(string text)
    {
        if (text == AnyOrigin)
        {
            return new OriginPattern(default, all: true);
        }

        if (text == "null")
        {
            throw new FormatException("any page can make itself an origin 'null'; '*' allows everybody.");
        }

        var anyPort = text.EndsWith(AnyPort, StringComparison.Ordinal);
        var origin = anyPort ? text[..^AnyPort.Length] : text;
        var below = origin.Contains(AnyHostBelow, StringComparison.Ordinal);
        if (below)
        {
            origin = origin.Replace(AnyHostBelow, "://", StringComparison.Ordinal);
        }

        if (!Origin.TryParse(origin, out var parsed) || (anyPort && parsed.Port is not null))
        {
            throw new FormatException("expected scheme://host or scheme://host:port as a browser writes it (no path, not even '/'; other alphabets as xn--…), scheme://*.domain, scheme://host:*, or *.");
        }

        if (parsed.Scheme is "ws" or "wss")
        {
            throw new FormatException("the origin is that of the page, which is http or https.");
        }

        if (below && (parsed.IsAddress || !parsed.Host.Contains('.')))
        {
            throw new FormatException("'*.' stands before a domain of at least two labels.");
        }

        return new OriginPattern(parsed, below: below, anyPort: anyPort);
    }

    /// <summary>Whether a page of this origin may connect.</summary>
    /// <param name="origin"><see langword="null"/>: it is none that can be named.</param>
    public bool Matches(Origin? origin) =>
        _all || (origin is { } page && page.Scheme == _origin.Scheme && MatchesHost(page) && (_anyPort || page.Port == _origin.Port));

    // With its dot, or evil-example.com were below example.com.
    private bool MatchesHost(in Origin page) => _below
        ? !page.IsAddress && page.Host.Length > _origin.Host.Length + 1 && page.Host.EndsWith(_origin.Host, StringComparison.Ordinal) && page.Host[^(_origin.Host.Length + 1)] == '.'
        : page.Host == _origin.Host;
}
