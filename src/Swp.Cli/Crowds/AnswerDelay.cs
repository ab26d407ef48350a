using System.Diagnostics.CodeAnalysis;
using Swp.Cli.Parsing;

namespace Swp.Cli.Crowds;

/// <summary>How long clients take to answer: <c>80ms</c>, <c>10ms..200ms</c> (even), <c>normal:80ms,20ms</c> or <c>exp:80ms</c>.</summary>
internal sealed class AnswerDelay
{
    public const string Rule = "for example 80ms, 10ms..200ms (anywhere between), normal:80ms,20ms (mean, deviation) or exp:80ms (mean)";

    public static readonly AnswerDelay None = new(_ => 0);

    /// <summary>The longest call.</summary>
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(300);

    private readonly Func<Random, double> _seconds;

    private AnswerDelay(Func<Random, double> seconds) => _seconds = seconds;

    /// <summary>The delay of one answer.</summary>
    public TimeSpan Draw(Random random) => TimeSpan.FromSeconds(Math.Clamp(_seconds(random), 0, Max.TotalSeconds));

    public static bool TryParse(string? text, [NotNullWhen(true)] out AnswerDelay? delay)
    {
        delay = (text ?? "").Split(':', 2) switch
        {
            ["normal", var parts] => Of(parts.Split(','), (mean, deviation) => random => mean + (deviation * Normal(random))),
            ["exp", var mean] => Of([mean, "0"], (seconds, _) => random => -seconds * Math.Log(1 - random.NextDouble())),
            [var range] when range.Contains("..", StringComparison.Ordinal) => Of(range.Split(".."), (from, to) => random => from + ((to - from) * random.NextDouble())),
            [var fixedTime] => Of([fixedTime, "0"], (seconds, _) => _ => seconds),
            _ => null,
        };
        return delay is not null;
    }

    private static AnswerDelay? Of(string[] parts, Func<double, double, Func<Random, double>> make) =>
        parts is [var first, var second] && Durations.TryParse(first, out var one) && Durations.TryParse(second, out var two)
            ? new AnswerDelay(make(one.TotalSeconds, two.TotalSeconds))
            : null;

    // Box and Muller.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
