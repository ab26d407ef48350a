namespace Swp.Cli.Calling;

/// <summary>What may be said of a call to which no answer came.</summary>
internal static class Unanswered
{
    public static string Retry(bool mayHaveArrived, bool idempotent) => (mayHaveArrived, idempotent) switch
    {
        (false, _) => "Nothing was sent: calling again is safe.",
        (true, true) => "It may have been carried out; you said that twice does no harm, so call again.",
        (true, false) => "It may have been carried out: calling again may do it twice.",
    };
}
