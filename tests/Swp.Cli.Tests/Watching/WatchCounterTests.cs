using Microsoft.Extensions.Time.Testing;
using Swp.Cli.Api;
using Swp.Cli.Metrics;
using Swp.Cli.Watching;

namespace Swp.Cli.Tests.Watching;

public sealed class WatchCounterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void Next_CountsThatGrew_AreRates()
    {
        var counter = new WatchCounter(Read("completed", 10, closed: 1), _time);
        _time.Advance(TimeSpan.FromSeconds(2));
        var frame = counter.Next(Read("completed", 16, closed: 2));

        Assert.Equal(2, frame.Seconds);
        Assert.Equal(new CountRate(3, 6), frame.Outcomes["completed"]);
        Assert.Equal(new CountRate(0.5, 1), frame.Refusals["closed 4505"]);
        Assert.Equal(new TypeRates("caller", 7, 0, 0.5, 0, 0, 3), Assert.Single(frame.Types));
        Assert.Equal((7, 3), (frame.Connected, frame.CallsPerSecond));
    }

    [Fact]
    public void Next_NothingHappened_StaysInTheTotals()
    {
        var counter = new WatchCounter(Read("completed", 10), _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        counter.Next(Read("completed", 12));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new CountRate(0, 2), counter.Next(Read("completed", 12)).Outcomes["completed"]);
    }

    [Fact]
    public void Next_MemberStartedAgain_CountsFromNothing()
    {
        var counter = new WatchCounter(Read("timed_out", 100), _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new CountRate(4, 4), counter.Next(Read("timed_out", 4)).Outcomes["timed_out"]);
    }

    [Fact]
    public void Line_Frame_IsOneLine()
    {
        var counter = new WatchCounter(Read("completed", 0), _time);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            "2026-01-02 03:04:06Z  connected=7  caller=7  calls/s=5.0  completed=5.0/s  refused/s=1.0",
            WatchView.Line(counter.Next(Read("completed", 5, closed: 1))));
    }

    private WatchReading Read(string outcome, int calls, int closed = 0) => new(
        _time.GetUtcNow(),
        _time.GetTimestamp(),
        new ClientTypes([new ClientTypeEntry("caller", "叫号", 7, "string", false, default)], 0),
        new MetricSet(MetricText.Parse($$"""
            swp_call_duration_seconds_count{swp_client_type="caller",swp_call_outcome="{{outcome}}",rpc_method="request"} {{calls}}
            swp_gateway_connections_closed_total{swp_client_type="caller",swp_close_code="4505"} {{closed}}
            swp_gateway_open_duration_seconds_count{swp_client_type="caller",swp_open_result="ok"} 9
            """)));
}
