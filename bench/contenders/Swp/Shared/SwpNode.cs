using Swp.Bench.Control;
using Swp.Clients;

namespace Swp.Bench.Node;

/// <summary>Calls clients as a service does: by name, through <see cref="ISwpClients"/>.</summary>
internal sealed class SwpNode(ISwpClients clients) : INode<JsonPayload>
{
    private const string Type = "caller";
    private static readonly CallOptions Options = new() { Timeout = CallRun.CallTimeout };

    public JsonPayload Read(byte[] json) => JsonPayload.FromValidated(json);

    public ReadOnlySpan<byte> Write(JsonPayload payload) => payload.Utf8.Span;

    public async Task<Answer<JsonPayload>> AskAsync(string target, JsonPayload payload, CancellationToken cancellationToken)
    {
        var result = await clients.Get(Type, target).RequestAsync(payload, Options, cancellationToken);
        return result.Outcome switch
        {
            CallOutcome.Completed => Answer<JsonPayload>.Of(result.Data),
            CallOutcome.NotConnected or CallOutcome.UnknownClient => Answer<JsonPayload>.NoSuchClient,
            _ => Answer<JsonPayload>.TimedOut,
        };
    }

    public Task FanOutAsync(JsonPayload payload) => clients.BroadcastAsync(Type, payload);
}
