using Swp.Bench.Reports.Measurements;
using Swp.Bench.Reports.Vocabulary;

namespace Swp.Bench.Contenders;

/// <summary>Who is measured, for the report.</summary>
internal static class ContenderList
{
    public static readonly IReadOnlyList<Contender> All =
    [
        new() { Name = ContenderNames.Kestrel, Description = "a bare ASP.NET Core WebSocket echo: the floor" },
        new() { Name = ContenderNames.SignalR, Description = "ASP.NET Core SignalR, JSON hub protocol, one node" },
        new() { Name = ContenderNames.SignalRRedis, Description = "two nodes with Microsoft.AspNetCore.SignalR.StackExchangeRedis; calls are client results" },
        new() { Name = ContenderNames.SocketIoRedis, Description = "socket.io on Node.js, two nodes with @socket.io/redis-adapter; calls are emitWithAck" },
        new() { Name = ContenderNames.SwpStandalone, Description = "Swp in one process, storage embedded", IsOwn = true },
        new() { Name = ContenderNames.SwpSplit, Description = "Swp as deployed: two owners, two gateways, Redis", IsOwn = true },
    ];
}
