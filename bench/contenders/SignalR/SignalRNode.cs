using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Swp.Bench.Control;

namespace Swp.Bench.SignalR;

/// <summary>Calls clients by client results, from outside of a hub method.</summary>
internal sealed class SignalRNode(IHubContext<BenchHub> hub) : INode<JsonElement>
{
    public JsonElement Read(byte[] json) => JsonElement.Parse(json);

    public ReadOnlySpan<byte> Write(JsonElement payload) => JsonMarshal.GetRawUtf8Value(payload);

    public async Task<Answer<JsonElement>> AskAsync(string target, JsonElement payload, CancellationToken cancellationToken)
    {
        try
        {
            return Answer<JsonElement>.Of(await hub.Clients.Client(target).InvokeAsync<JsonElement>("Ask", payload, cancellationToken));
        }
        catch (IOException)
        {
            // No server of the cluster has the connection.
            return Answer<JsonElement>.NoSuchClient;
        }
        catch (HubException) when (cancellationToken.IsCancellationRequested)
        {
            return Answer<JsonElement>.TimedOut;
        }
    }

    public Task FanOutAsync(JsonElement payload) => hub.Clients.All.SendAsync("Note", payload);
}
