using System.Text;
using Swp.Clients;
using Swp.Protocol;

namespace Swp.Cluster.Heartbeats;

/// <summary>What a client hears that sends HEARTs too often: the words of the older generation, with an error a program can act on.</summary>
internal static class HeartbeatRefusal
{
    public static readonly ErrorDetail Error = new(ErrorCodes.HeartbeatTooFrequent);

    /// <summary>The data of the frame that goes back.</summary>
    /// <param name="early">Negative: how far the HEART missed its interval.</param>
    public static JsonPayload Data(TimeSpan early) =>
        JsonPayload.FromValidated(Encoding.UTF8.GetBytes($"\"客户端心跳检测请求频次过高({(long)early.TotalMilliseconds})\""));
}
