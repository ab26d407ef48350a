using System.Net.WebSockets;
using System.Text;

namespace Swp.Cluster.Tests.Conversations;

/// <summary>What is no frame, and the code it must end with.</summary>
internal static class Garbage
{
    public static readonly IReadOnlyList<(byte[] Bytes, WebSocketMessageType Type, int Code)> All =
    [
        (Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, 1007),
        (Encoding.UTF8.GetBytes("[]"), WebSocketMessageType.Text, 1007),
        (Encoding.UTF8.GetBytes("""{"sessionType":3}"""), WebSocketMessageType.Text, 4507),
        (Encoding.UTF8.GetBytes("""{"sessionType":"0003","uuid":{}}"""), WebSocketMessageType.Text, 4507),
        ([1, 2, 3], WebSocketMessageType.Binary, 1003),
        (Encoding.UTF8.GetBytes($"\"{new string('x', 64 * 1024)}\""), WebSocketMessageType.Text, 1009),
    ];
}
