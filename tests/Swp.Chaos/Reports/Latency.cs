using Swp.Chaos.Clients;
using Swp.Chaos.Logs;

namespace Swp.Chaos.Reports;

/// <summary>How long calls took that were to be answered at once.</summary>
internal static class Latency
{
    /// <summary>Of the completed ones that are chosen.</summary>
    public static IReadOnlyList<TimeSpan> Of(RunLog log, Func<Call, CallEnd, bool> chosen)
    {
        var calls = log.Calls.Where(call => call.Script.Act == ScriptAct.Answer && !call.OneWay).ToDictionary(call => call.Number);
        return
        [
            .. from end in log.Ends
               where end.Outcome == "completed" && calls.ContainsKey(end.Number)
               let call = calls[end.Number]
               where chosen(call, end)
               select end.At - call.Start,
        ];
    }
}
