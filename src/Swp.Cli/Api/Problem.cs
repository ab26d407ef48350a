using Swp.Cli.Output;
using ExitCodes = Swp.Cli.Invocation.ExitCode;

namespace Swp.Cli.Api;

/// <summary>Problem details of the server API.</summary>
internal sealed record Problem
{
    private const string Unauthorized = "urn:swp:unauthorized";
    private const string Forbidden = "urn:swp:forbidden";

    public string? Type { get; init; }

    public string? Title { get; init; }

    public int Status { get; init; }

    public string? Detail { get; init; }

    /// <summary>How a call ended; none when nobody was asked.</summary>
    public string? Outcome { get; init; }

    public bool? Retryable { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public string? Uuid { get; init; }

    public double? ElapsedMs { get; init; }

    /// <summary>Whether the key is to blame.</summary>
    public bool IsAboutTheKey => Type is Unauthorized or Forbidden;

    /// <summary>What the process ends with.</summary>
    public int ExitCode => this switch
    {
        { IsAboutTheKey: true } => ExitCodes.Refused,
        { Outcome: null, Status: >= 400 and < 500 } => ExitCodes.Usage,
        _ => ExitCodes.Failed,
    };

    /// <summary>One line: what happened.</summary>
    public string InWords()
    {
        var name = Outcome ?? (IsAboutTheKey ? $"HTTP {Status}" : $"{Title ?? "failed"} (HTTP {Status})");
        var seen = LastSeen is { } moment ? $" Last seen {Moments.Show(moment)}." : "";
        return $"{name}: {Detail ?? "the server says no more."}{seen}";
    }

    /// <summary>Whether a call that ended so may be made again; nothing of what was no call.</summary>
    public string RetryInWords() => (Outcome, Retryable) switch
    {
        (null, _) => "",
        ("lost_in_flight" or "timed_out", true) => "It may have been carried out; you said that twice does no harm, so call again.",
        ("lost_in_flight" or "timed_out" or "cancelled", _) => "It may have been carried out: calling again may do it twice.",
        ("not_connected", _) => "It was not carried out: calling again is safe, once the client is back.",
        (_, true) => "It was not carried out: calling again is safe.",
        _ => "It was not carried out, and calling again ends the same way.",
    };
}
