using System.Globalization;
using System.Text;

namespace Swp.Cli.Metrics;

/// <summary>Reads the text format of Prometheus, as far as a Swp member writes it.</summary>
internal static class MetricText
{
    private static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>The samples; lines that are none are left out.</summary>
    public static IReadOnlyList<MetricSample> Parse(string text)
    {
        var samples = new List<MetricSample>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.Length > 0 && line[0] != '#' && TryParse(line, out var sample))
            {
                samples.Add(sample!);
            }
        }

        return samples;
    }

    private static bool TryParse(ReadOnlySpan<char> line, out MetricSample? sample)
    {
        sample = null;
        var end = line.IndexOfAny('{', ' ');
        if (end <= 0)
        {
            return false;
        }

        var name = line[..end].ToString();
        var labels = NoLabels;
        if (line[end] == '{')
        {
            labels = [];
            if (!TryParseLabels(line[(end + 1)..], labels, out var read))
            {
                return false;
            }

            end += 1 + read;
        }

        // A time stamp may stand behind the value.
        var value = line[end..].TrimStart();
        var space = value.IndexOf(' ');
        if (!TryParseNumber(space < 0 ? value : value[..space], out var number))
        {
            return false;
        }

        sample = new MetricSample(name, labels, number);
        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out double number)
    {
        if (text is "+Inf" or "-Inf" or "NaN")
        {
            number = double.NaN;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryParseLabels(ReadOnlySpan<char> text, Dictionary<string, string> labels, out int read)
    {
        read = 0;
        while (read < text.Length && text[read] != '}')
        {
            var equals = text[read..].IndexOf("=\"", StringComparison.Ordinal);
            if (equals < 0)
            {
                return false;
            }

            var name = text.Slice(read, equals).TrimStart(',').Trim().ToString();
            read += equals + 2;
            var value = new StringBuilder();
            while (read < text.Length && text[read] != '"')
            {
                if (text[read] == '\\' && read + 1 < text.Length)
                {
                    read++;
                    value.Append(text[read] == 'n' ? '\n' : text[read]);
                }
                else
                {
                    value.Append(text[read]);
                }

                read++;
            }

            labels[name] = value.ToString();
            read++;
        }

        read++;
        return read <= text.Length;
    }
}
