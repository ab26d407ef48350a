using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Swp.Cluster.Diagnostics;
using Swp.Diagnostics;
using Swp.Protocol;

namespace Swp.Gateway.Diagnostics;

/// <summary>What is counted for the connections of one client type.</summary>
internal sealed class ConnectionCounts
{
    private const string StateKey = "swp.connection.state";
    private const int Receive = 0;
    private const int Transmit = 1;

    private static readonly CloseCode[] Codes = Enum.GetValues<CloseCode>();
    private static readonly FrozenDictionary<CloseCode, int> CodeIndexes = Codes.Index().ToFrozenDictionary(code => code.Item, code => code.Index);
    private static readonly string[] Directions = ["receive", "transmit"];
    private static readonly KeyValuePair<string, object?> OpenState = new(StateKey, "open");
    private static readonly KeyValuePair<string, object?> UnopenedState = new(StateKey, "unopened");

    private readonly Tally _closed;
    private readonly Tally _ended;
    private long _open;

    public ConnectionCounts(string type)
    {
        Type = TypeLabels.Of(type);
        Accepted = new Tally(Type);
        Messages = new Tally("network.io.direction", Directions, Type);
        Bytes = new Tally("network.io.direction", Directions, Type);
        Held = new Tally(Type);
        _closed = new Tally("swp.close.code", Codes.Select(code => ((int)code).ToString()), Type);
        _ended = new Tally(Type);
    }

    /// <summary>The label of the type.</summary>
    public KeyValuePair<string, object?> Type { get; }

    public Tally Accepted { get; }

    public Tally Messages { get; }

    public Tally Bytes { get; }

    /// <summary>Messages that waited, or were refused, because their client was over its limits.</summary>
    public Tally Held { get; }

    public void OnReceived(int bytes)
    {
        Messages.Add(Receive);
        Bytes.Add(Receive, bytes);
    }

    public void OnSent(int bytes)
    {
        Messages.Add(Transmit);
        Bytes.Add(Transmit, bytes);
    }

    public void OnOpened() => Interlocked.Increment(ref _open);

    /// <summary>The connection gets its close code. One that is not known counts as none.</summary>
    public void OnClosing(CloseCode code) => _closed.Add(CodeIndexes.GetValueOrDefault(code, CodeIndexes[CloseCode.Normal]));

    /// <summary>The socket is gone.</summary>
    public void OnEnded(bool wasOpen)
    {
        _ended.Add();
        if (wasOpen)
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Sockets whose client has not opened.</summary>
    public long Unopened => Math.Max(0, Accepted[0] - _ended[0] - Interlocked.Read(ref _open));

    public IEnumerable<Measurement<long>> MeasureClosed() => _closed.Measure();

    public IEnumerable<Measurement<long>> MeasureActive() =>
    [
        new Measurement<long>(Interlocked.Read(ref _open), Type, OpenState),
        new Measurement<long>(Unopened, Type, UnopenedState),
    ];
}
