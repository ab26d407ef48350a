namespace Swp.Bench.Load.Dialects;

internal static class DialectNames
{
    public static readonly string[] All = ["echo", "signalr", "socketio", "swp"];

    public static IDialect Create(string name, Payload payload, int firstId) => name switch
    {
        "echo" => new EchoDialect(payload),
        "signalr" => new SignalRDialect(payload),
        "socketio" => new SocketIoDialect(payload),
        "swp" => new SwpDialect(payload, firstId),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such dialect."),
    };
}
