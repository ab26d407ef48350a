using Swp.Bench.Load.Clients;

namespace Swp.Bench.Load.Dialects;

/// <summary>A bare echo: the floor of what a framework's WebSockets cost.</summary>
internal sealed class EchoDialect(Payload payload) : IDialect
{
    public string Path => "/ws";

    public TimeSpan? HeartbeatInterval => null;

    public void OnUpgraded(LoadClient client) => client.OnOpened("-");

    public void OnMessage(LoadClient client, ReadOnlySpan<byte> message) => client.OnAnswered();

    public void Query(LoadClient client) => client.Send(payload.Utf8);

    public void Heartbeat(LoadClient client)
    {
    }

    public HttpRequestMessage Call(Uri entry, string target) => throw new NotSupportedException("An echo calls nobody.");
}
