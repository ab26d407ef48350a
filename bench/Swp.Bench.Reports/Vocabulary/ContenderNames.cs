namespace Swp.Bench.Reports.Vocabulary;

/// <summary>The names by which contenders are reported, and goals find them.</summary>
public static class ContenderNames
{
    /// <summary>A bare ASP.NET Core WebSocket echo: the floor.</summary>
    public const string Kestrel = "kestrel";

    /// <summary>SignalR on one node.</summary>
    public const string SignalR = "signalr";

    /// <summary>SignalR on two nodes, with its Redis backplane.</summary>
    public const string SignalRRedis = "signalr+redis";

    /// <summary>Socket.IO on two nodes, with its Redis adapter.</summary>
    public const string SocketIoRedis = "socketio+redis";

    /// <summary>Owner and gateway in one process.</summary>
    public const string SwpStandalone = "swp";

    /// <summary>Two owners, two gateways and Redis.</summary>
    public const string SwpSplit = "swp-split";
}
