using BenchmarkDotNet.Attributes;
using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Gateway.Roll;

namespace Swp.Bench.Micro;

/// <summary>The roll of a gateway with fifty thousand open connections: what a page costs, and what entering and leaving do.</summary>
[MemoryDiagnoser]
public class RollBenchmarks
{
    private const int Open = 50_000;

    // Neither looks at a socket.
    private static readonly RelayServices Services = new(null!, null!, null!, null!, null!, null!, null!, null!, TimeProvider.System, null!);

    private readonly TypeRoll _full = new();
    private readonly TypeRoll _gaps = new();
    private readonly List<ClientRelay> _page = new(100);
    private ClientRelay[] _relays = [];

    /// <summary>Fifty thousand connections; and as many, with all the gaps that they may have in one place.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _relays = [.. Enumerable.Range(0, Open).Select(NewRelay)];
        foreach (var relay in _relays)
        {
            _full.Enter(relay);
        }

        var gone = Enumerable.Range(0, Open).Select(NewRelay).ToArray();
        foreach (var relay in (ClientRelay[])[.. gone, .. Enumerable.Range(0, Open).Select(NewRelay)])
        {
            _gaps.Enter(relay);
        }

        foreach (var relay in gone)
        {
            _gaps.Leave(relay);
        }
    }

    /// <summary>A hundred from the middle.</summary>
    [Benchmark]
    public bool Page() => Read(_full, Open / 2);

    /// <summary>A hundred behind fifty thousand gaps: the most that a page can cost.</summary>
    [Benchmark]
    public bool PageBehindGaps() => Read(_gaps, 0);

    /// <summary>One comes and goes; the gaps are closed when they are fifty thousand.</summary>
    [Benchmark]
    public void EnterAndLeave()
    {
        var relay = _relays[0];
        _full.Leave(relay);
        relay.RollNumber = 0;
        _full.Enter(relay);
    }

    private static ClientRelay NewRelay(int number) => new(null!, new ClientKey("caller", $"{number}"), null, heartbeatReply: false, Services);

    private bool Read(TypeRoll roll, long after)
    {
        _page.Clear();
        return roll.Read(ref after, long.MaxValue, 100, _page);
    }
}
