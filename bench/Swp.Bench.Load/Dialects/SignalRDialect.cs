using System.Text;
using Swp.Bench.Load.Clients;

namespace Swp.Bench.Load.Dialects;

/// <summary>
/// SignalR's JSON hub protocol over a WebSocket without negotiation:
/// https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md
/// </summary>
internal sealed class SignalRDialect(Payload payload) : IDialect
{
    private const byte EndOfRecord = 0x1e;

    // The servers give up a client after 30 s of silence, and clients are told to ping every 15 s.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly byte[] _handshake = Record("""{"protocol":"json","version":1}""");
    private readonly byte[] _hello = Record("""{"type":1,"invocationId":"h","target":"Hello","arguments":[]}""");
    private readonly byte[] _query = Record($$"""{"type":1,"invocationId":"q","target":"Echo","arguments":[{{payload.Text}}]}""");
    private readonly byte[] _answerHead = "{\"type\":3,\"invocationId\":\""u8.ToArray();
    private readonly byte[] _answerTail = Record($"\",\"result\":{payload.Text}}}");
    private readonly byte[] _ping = Record("""{"type":6}""");

    public string Path => "/hub";

    public TimeSpan? HeartbeatInterval => Interval;

    public void OnUpgraded(LoadClient client) => client.Send(_handshake);

    public void OnMessage(LoadClient client, ReadOnlySpan<byte> message)
    {
        while (message.IndexOf(EndOfRecord) is var end and >= 0)
        {
            OnRecord(client, message[..end]);
            message = message[(end + 1)..];
        }
    }

    public void Query(LoadClient client) => client.Send(_query);

    public void Heartbeat(LoadClient client) => client.Send(_ping);

    public HttpRequestMessage Call(Uri entry, string target) => PeerCall.Create(entry, target, payload);

    private void OnRecord(LoadClient client, ReadOnlySpan<byte> record)
    {
        if (record.SequenceEqual("{}"u8))
        {
            client.Send(_hello);
        }
        else if (record.StartsWith("{\"type\":3,\"invocationId\":\"h\""u8))
        {
            client.OnOpened(Encoding.UTF8.GetString(Message.After(record, "\"result\":\""u8)));
        }
        else if (record.StartsWith("{\"type\":3"u8))
        {
            client.OnAnswered(succeeded: record.IndexOf("\"error\":"u8) < 0);
        }
        else if (record.StartsWith("{\"type\":1"u8) && client.OnAsked())
        {
            var id = Message.After(record, "\"invocationId\":\""u8);
            client.Send(Message.Join(stackalloc byte[_answerHead.Length + id.Length + _answerTail.Length], _answerHead, id, _answerTail));
        }
    }

    private static byte[] Record(string json) => [.. Encoding.UTF8.GetBytes(json), EndOfRecord];
}
