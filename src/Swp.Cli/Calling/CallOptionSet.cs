using System.CommandLine;
using System.Globalization;
using System.Text;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;

namespace Swp.Cli.Calling;

/// <summary>How a call is made, as <c>call</c> and <c>send</c> are told.</summary>
internal sealed class CallOptionSet
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How much longer than the call itself its answer may take on the way here.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly Argument<string?> _data = new("data") { Description = JsonData.Help, HelpName = "DATA", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<TimeSpan?> _timeout = Typed.Duration("--timeout", "How long the client has to answer: 1ms to 300s; 10s when left out.");
    private readonly Option<TimeSpan?> _wait = Typed.Duration("--wait-for-connect", "How long to wait for a client that is not connected, before the time-out starts: up to 300s.");
    private readonly Option<bool> _idempotent = new("--idempotent") { Description = "Twice does no harm: it is sent again, under the same uuid, when the client comes back in time." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_data);
        command.Options.Add(_timeout);
        command.Options.Add(_wait);
        command.Options.Add(_idempotent);
    }

    public bool Idempotent(CommandRun run) => run.Value(_idempotent);

    /// <summary>Whether anything but data is said.</summary>
    public bool IsMoreThanData(CommandRun run) => run.IsGiven(_timeout) || run.IsGiven(_wait) || run.IsGiven(_idempotent);

    /// <summary>When no answer can come any more.</summary>
    public TimeSpan Limit(CommandRun run) => (run.Value(_timeout) ?? DefaultTimeout) + (run.Value(_wait) ?? TimeSpan.Zero) + Slack;

    /// <summary>The body of the call.</summary>
    public async Task<string> BodyAsync(CommandRun run, CancellationToken cancellationToken)
    {
        // The data goes as it was written: to parse and write it again would change numbers.
        var body = new StringBuilder("{\"data\":").Append(await DataAsync(run, cancellationToken));
        if (run.Value(_timeout) is { } timeout)
        {
            body.Append(CultureInfo.InvariantCulture, $",\"timeoutMs\":{(long)timeout.TotalMilliseconds}");
        }

        if (run.Value(_wait) is { } wait)
        {
            body.Append(CultureInfo.InvariantCulture, $",\"waitForConnectMs\":{(long)wait.TotalMilliseconds}");
        }

        if (Idempotent(run))
        {
            body.Append(",\"idempotent\":true");
        }

        return body.Append('}').ToString();
    }

    /// <summary>The data alone, as JSON.</summary>
    public async Task<string> DataAsync(CommandRun run, CancellationToken cancellationToken) =>
        await JsonData.ReadAsync(run.Value(_data), run.Console.In, cancellationToken) ?? "null";
}
