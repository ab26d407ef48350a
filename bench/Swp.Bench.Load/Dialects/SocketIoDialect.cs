using System.Text;
using Swp.Bench.Load.Clients;

namespace Swp.Bench.Load.Dialects;

/// <summary>
/// Engine.IO 4 and Socket.IO 5 over a WebSocket: https://socket.io/docs/v4/engine-io-protocol/ and https://socket.io/docs/v4/socket-io-protocol/
/// </summary>
internal sealed class SocketIoDialect(Payload payload) : IDialect
{
    private readonly byte[] _query = Encoding.UTF8.GetBytes($"""420["echo",{payload.Text}]""");
    private readonly byte[] _answerTail = Encoding.UTF8.GetBytes($"[{payload.Text}]");

    public string Path => "/socket.io/?EIO=4&transport=websocket";

    // The server pings.
    public TimeSpan? HeartbeatInterval => null;

    public void OnUpgraded(LoadClient client)
    {
        // It speaks first.
    }

    public void OnMessage(LoadClient client, ReadOnlySpan<byte> message)
    {
        switch (message[0])
        {
            case (byte)'0':
                client.Send("40"u8);
                break;
            case (byte)'2':
                client.Send("3"u8);
                break;
            case (byte)'4' when message[1] == (byte)'0':
                client.OnOpened(Encoding.UTF8.GetString(Message.After(message, "\"sid\":\""u8)));
                break;
            case (byte)'4' when message[1] == (byte)'3':
                client.OnAnswered();
                break;
            case (byte)'4' when message[1] == (byte)'2':
                if (client.OnAsked())
                {
                    var id = message[2..message.IndexOf((byte)'[')];
                    client.Send(Message.Join(stackalloc byte[2 + id.Length + _answerTail.Length], "43"u8, id, _answerTail));
                }

                break;
        }
    }

    public void Query(LoadClient client) => client.Send(_query);

    public void Heartbeat(LoadClient client)
    {
    }

    public HttpRequestMessage Call(Uri entry, string target) => PeerCall.Create(entry, target, payload);
}
