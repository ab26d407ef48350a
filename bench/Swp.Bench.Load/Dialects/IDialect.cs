using Swp.Bench.Load.Clients;

namespace Swp.Bench.Load.Dialects;

/// <summary>How one contender's clients speak. One for all clients of a run, so it holds nothing of theirs.</summary>
internal interface IDialect
{
    /// <summary>The path of the WebSocket.</summary>
    string Path { get; }

    /// <summary>How often a client must say something to stay; <see langword="null"/> when it need not.</summary>
    TimeSpan? HeartbeatInterval { get; }

    /// <summary>The socket is a WebSocket: says what opens it.</summary>
    void OnUpgraded(LoadClient client);

    /// <summary>A text message has come.</summary>
    void OnMessage(LoadClient client, ReadOnlySpan<byte> message);

    /// <summary>Asks the server for the payload back.</summary>
    void Query(LoadClient client);

    /// <summary>Says that the client is alive.</summary>
    void Heartbeat(LoadClient client);

    /// <summary>A call of a client through the contender's HTTP entry.</summary>
    HttpRequestMessage Call(Uri entry, string target);
}
