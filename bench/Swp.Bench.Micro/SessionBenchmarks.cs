using BenchmarkDotNet.Attributes;
using Orleans.Runtime;
using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Grains.Promises;
using Swp.Grains.Sessions;
using Swp.Relay;

namespace Swp.Bench.Micro;

/// <summary>The state machines behind a message, without grains and sockets.</summary>
[MemoryDiagnoser]
public class SessionBenchmarks
{
    private static readonly SiloAddress Gateway = SiloAddress.New(System.Net.IPAddress.Loopback, 11111, 1);
    private static readonly CallResult Answer = new() { Outcome = CallOutcome.Completed, Code = "0" };

    private readonly ClientSession _session = new(TimeProvider.System);
    private readonly RequestBook _book = new(TimeProvider.System);
    private readonly RecentCalls _recent = new(TimeSpan.Zero);
    private readonly DeadlineWheel _wheel = new(TimeProvider.System);
    private readonly NoDeadline _deadline = new();
    private readonly string[] _uuids = [.. Enumerable.Range(0, 1024).Select(number => $"0123456789abcdef{number:x8}")];
    private long _sequence;
    private int _next;

    /// <summary>One attached connection.</summary>
    [GlobalSetup]
    public void Attach() => _session.Attach(new AttachRequest { Gateway = Gateway, ConnectionId = 1, GatewayName = "gateway" });

    /// <summary>A frame of the present connection is admitted.</summary>
    [Benchmark]
    public bool AdmitFrame() => _session.TryAdmit(Gateway, new OwnerboundFrame { ConnectionId = 1, Sequence = ++_sequence, Code = "0" });

    /// <summary>A request in a connection's book: given, answered, taken.</summary>
    [Benchmark]
    public void BookRequest()
    {
        var uuid = NextUuid();
        _book.Add(uuid, TimeSpan.FromSeconds(10));
        _book.Answer(uuid, ++_sequence);
        _book.Acknowledge(uuid, _sequence);
    }

    /// <summary>An ended call is remembered, and the oldest forgotten.</summary>
    [Benchmark]
    public void RememberCall() => _recent.Add(NextUuid(), 1, Answer, TimeSpan.FromTicks(++_sequence));

    /// <summary>A deadline is armed and disarmed.</summary>
    [Benchmark]
    public void ArmDeadline()
    {
        _wheel.Arm(_deadline, TimeSpan.FromSeconds(10));
        _wheel.Disarm(_deadline);
    }

    private string NextUuid() => _uuids[_next++ & 1023];

    private sealed class NoDeadline : Deadline
    {
        public override void Expire()
        {
        }
    }
}
