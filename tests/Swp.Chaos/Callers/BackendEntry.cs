using Swp.Chaos.Clients;
using Swp.Chaos.Logs;
using Swp.Clients;

namespace Swp.Chaos.Callers;

/// <summary>Calls as a backend service does: through an Orleans client outside the cluster.</summary>
internal sealed class BackendEntry(ISwpClients clients) : ICallEntry
{
    public string Name => Call.Backend;

    public async Task<EntryAnswer?> CallAsync(Call call)
    {
        var client = clients.Get(ScriptedClient.Type, call.Client);
        var data = JsonPayload.Parse(call.Payload);
        var options = new CallOptions { Timeout = call.Timeout, WaitForConnect = call.WaitForConnect, Idempotent = call.Idempotent };
        try
        {
            var result = await (call.OneWay ? client.SendAsync(data, options) : client.RequestAsync(data, options));
            var answered = result.Outcome == CallOutcome.Completed && !call.OneWay;
            return new EntryAnswer(result.Outcome.ToWireName(), result.Uuid, answered ? result.Data.ToString() : null, answered ? null : result.Message);
        }
        catch (Exception e)
        {
            // A call does not throw for what happens on the way: no outcome is what the checker is to see.
            return new EntryAnswer($"threw {e.GetType().Name}", Detail: e.Message);
        }
    }
}
