using System.Globalization;
using Swp.Cli.Metrics;

namespace Swp.Cli.Watching;

/// <summary>Makes intervals of readings.</summary>
internal sealed class WatchCounter
{
    private const string TypeLabel = "swp_client_type";
    private const string Calls = "swp_call_duration_seconds_count";
    private const string Opens = "swp_gateway_open_duration_seconds_count";
    private const string Closes = "swp_gateway_connections_closed_total";
    private const string Handshakes = "swp_gateway_connections_rejected_total";
    private const string Messages = "swp_gateway_messages_total";

    /// <summary>The first close code after which a client is to stay away.</summary>
    private const int FirstFinalCode = 4500;

    private readonly Dictionary<string, long> _outcomes = [];
    private readonly Dictionary<string, long> _refusals = [];
    private readonly TimeProvider _time;
    private WatchReading _last;

    public WatchCounter(WatchReading first, TimeProvider time) => (_last, _time) = (first, time);

    /// <summary>What happened since the last reading.</summary>
    public WatchFrame Next(WatchReading now)
    {
        var last = _last;
        _last = now;
        var seconds = Math.Max(_time.GetElapsedTime(last.Timestamp, now.Timestamp).TotalSeconds, 1e-3);
        var opened = Since(metrics => metrics.By(Opens, TypeLabel, IsOk));
        var closed = Since(metrics => metrics.By(Closes, TypeLabel));
        var received = Since(metrics => metrics.By(Messages, TypeLabel, sample => sample.Label("network_io_direction") == "receive"));
        var sent = Since(metrics => metrics.By(Messages, TypeLabel, sample => sample.Label("network_io_direction") == "transmit"));
        var calls = Since(metrics => metrics.By(Calls, TypeLabel));
        return new WatchFrame
        {
            At = now.At,
            Seconds = Math.Round(seconds, 3),
            Types =
            [
                .. now.Types.Types.Select(type => new TypeRates(
                    type.Name,
                    type.Connected,
                    Rate(opened, type.Name),
                    Rate(closed, type.Name),
                    Rate(received, type.Name),
                    Rate(sent, type.Name),
                    Rate(calls, type.Name))),
            ],
            Outcomes = Total(_outcomes, Since(metrics => metrics.By(Calls, "swp_call_outcome")), seconds),
            Refusals = Total(_refusals, Since(RefusalsOf), seconds),
            Failed = now.Types.Failed,
        };

        Dictionary<string, double> Since(Func<MetricSet, Dictionary<string, double>> read) => Difference(read(last.Metrics), read(now.Metrics));

        double Rate(Dictionary<string, double> counts, string type) => Math.Round(counts.GetValueOrDefault(type) / seconds, 1);
    }

    private static bool IsOk(MetricSample sample) => sample.Label("swp_open_result") == "ok";

    private static Dictionary<string, double> RefusalsOf(MetricSet metrics)
    {
        var refusals = new Dictionary<string, double>();
        Add("handshake", metrics.By(Handshakes, "error_type"));
        Add("open", metrics.By(Opens, "swp_open_result", sample => !IsOk(sample)));
        Add("closed", metrics.By(Closes, "swp_close_code", IsFinal));
        return refusals;

        void Add(string where, Dictionary<string, double> counts)
        {
            foreach (var (why, count) in counts)
            {
                refusals[$"{where} {why}"] = count;
            }
        }
    }

    private static bool IsFinal(MetricSample sample) =>
        int.TryParse(sample.Label("swp_close_code"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code >= FirstFinalCode;

    // A member that was started again counts from nothing.
    private static Dictionary<string, double> Difference(Dictionary<string, double> before, Dictionary<string, double> after) =>
        after.ToDictionary(count => count.Key, count => count.Value - before.GetValueOrDefault(count.Key) is >= 0 and var grown ? grown : count.Value);

    private static SortedDictionary<string, CountRate> Total(Dictionary<string, long> totals, Dictionary<string, double> counts, double seconds)
    {
        foreach (var (name, count) in counts)
        {
            totals[name] = totals.GetValueOrDefault(name) + (long)count;
        }

        return new SortedDictionary<string, CountRate>(
            totals.Where(total => total.Value > 0).ToDictionary(total => total.Key, total => new CountRate(Math.Round(counts.GetValueOrDefault(total.Key) / seconds, 1), total.Value)),
            StringComparer.Ordinal);
    }
}
