using Swp.Cluster.Heartbeats;
using Swp.Relay;

namespace Swp.Grains.Clients;

internal static class HeartbeatFrames
{
    /// <summary>The HEART goes back with the reason it was refused.</summary>
    public static ClientboundFrame RefusedHeartbeat(this in OwnerboundFrame frame, TimeSpan early) => new()
    {
        Kind = ClientboundKind.Heartbeat,
        Uuid = frame.Uuid,
        Code = "-1",
        Message = frame.Message,
        Data = HeartbeatRefusal.Data(early),
        Error = HeartbeatRefusal.Error,
    };
}
