using Swp.Bench.Reports.Vocabulary;
using Swp.Testing.Processes;

namespace Swp.Bench.Contenders;

/// <summary>Socket.IO on Node.js with its Redis adapter.</summary>
internal sealed class SocketIoContender() : PeerContender(ContenderNames.SocketIoRedis, backplane: true)
{
    private static readonly string Home = Path.Combine(BuiltProgram.Root, "bench", "contenders", "socketio");

    public override string? WhyAbsent => Directory.Exists(Path.Combine(Home, "node_modules")) ? null : "Node.js or npm is not installed, or npm could not install socket.io";

    protected override string Dialect => "socketio";

    protected override IEnumerable<string> Command(int port, string? redis)
    {
        string[] start = ["node", Path.Combine(Home, "server.js"), "--port", $"{port}"];
        return redis is null ? start : [.. start, "--redis", redis];
    }
}
