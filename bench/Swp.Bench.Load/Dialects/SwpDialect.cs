using System.Globalization;
using System.Text;
using Swp.Bench.Load.Clients;

namespace Swp.Bench.Load.Dialects;

/// <summary>The frames of <c>swp.v1</c>; see <c>docs/protocol.md</c>.</summary>
internal sealed class SwpDialect(Payload payload, int firstId) : IDialect
{
    private const string Type = "caller";

    // Two beats of a client may not be closer than 40 s, and 120 s of silence close it.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private readonly byte[] _query = Encoding.UTF8.GetBytes($$"""{"code":"0","sessionType":"0003","sessionTime":1700000000000,"uuid":"q","data":{{payload.Text}}}""");
    private readonly byte[] _answerHead = "{\"code\":\"0\",\"sessionType\":\"0002\",\"sessionTime\":1700000000000,\"uuid\":\""u8.ToArray();
    private readonly byte[] _answerTail = Encoding.UTF8.GetBytes($"\",\"data\":{payload.Text}}}");
    private readonly byte[] _heartbeat = """{"code":"0","sessionType":"0000","sessionTime":1700000000000}"""u8.ToArray();

    public string Path => $"/wss/{Type}";

    public TimeSpan? HeartbeatInterval => Interval;

    public void OnUpgraded(LoadClient client) => client.Send(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"code":"0","sessionType":"0001","sessionTime":1700000000000,"uuid":"o","data":{"clientId":"{{{firstId + client.Index}}}"}}""")));

    public void OnMessage(LoadClient client, ReadOnlySpan<byte> message)
    {
        switch (Message.After(message, "\"sessionType\":\""u8)[3])
        {
            case (byte)'1':
                client.OnOpened((firstId + client.Index).ToString(CultureInfo.InvariantCulture));
                break;
            case (byte)'2':
                if (client.OnAsked())
                {
                    var uuid = Message.After(message, "\"uuid\":\""u8);
                    client.Send(Message.Join(stackalloc byte[_answerHead.Length + uuid.Length + _answerTail.Length], _answerHead, uuid, _answerTail));
                }

                break;
            case (byte)'3':
                client.OnAnswered(succeeded: message.IndexOf("\"code\":\"0\""u8) >= 0);
                break;
        }
    }

    public void Query(LoadClient client) => client.Send(_query);

    public void Heartbeat(LoadClient client) => client.Send(_heartbeat);

    public HttpRequestMessage Call(Uri entry, string target) => new(HttpMethod.Post, new Uri(entry, $"/api/v1/clients/{Type}/{target}/requests"))
    {
        Content = new StringContent($$"""{"data":{{payload.Text}}}""", Encoding.UTF8, "application/json"),
    };
}
