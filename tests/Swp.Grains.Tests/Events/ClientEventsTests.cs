using Swp.Clients;
using Swp.Grains.Events;
using Swp.Overview;
using Swp.Protocol;
using Swp.Testing.Memory;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Events;

public sealed class ClientEventsTests
{
    private static readonly ClientKey Client = new("caller", "999");
    private static readonly ClientKey Other = new("caller", "1");

    private readonly HostileTimeProvider _time = new();
    private readonly ClientEvents _events;
    private readonly DateTimeOffset _started;

    public ClientEventsTests()
    {
        _started = _time.GetUtcNow();
        _events = new ClientEvents(_time);
    }

    [Fact]
    public void Read_OneClient_IsItsEventsTheNewestFirst()
    {
        Connect(Client);
        Call(Other);
        Call(Client);
        Call(Client, CallOutcome.TimedOut);
        _events.OnConnection(Client, ClientEventKind.Closed, "gateway1", CloseCode.Draining);

        var history = _events.Read(Client, 10);

        Assert.Equal([ClientEventKind.Closed, ClientEventKind.Request, ClientEventKind.Request, ClientEventKind.Connected], history.Events.Select(happened => happened.Kind));
        Assert.Equal((CloseCode.Draining, "gateway1"), (history.Events[0].CloseCode, history.Events[0].Gateway));
        Assert.Equal((CallOutcome.TimedOut, TimeSpan.FromMilliseconds(7)), (history.Events[1].Outcome, history.Events[1].Elapsed));
        Assert.Equal(_started, history.CompleteSince);
    }

    [Fact]
    public void Read_MoreThanTheLimit_IsTheNewestAndCompleteSinceTheLastOfThem()
    {
        for (var call = 0; call < 10; call++)
        {
            Call(Client, call % 2 == 0 ? CallOutcome.Completed : CallOutcome.NotSent);
        }

        var history = _events.Read(Client, 3);

        Assert.Equal([CallOutcome.NotSent, CallOutcome.Completed, CallOutcome.NotSent], history.Events.Select(happened => happened.Outcome));
        Assert.Equal(history.Events[^1].At, history.CompleteSince);
    }

    [Fact]
    public void Read_OtherClientsHaveHadManyCalls_ConnectionsAndFailuresAreStillThere()
    {
        Connect(Client);
        Call(Client);
        Call(Client, CallOutcome.LostInFlight);
        for (var call = 0; call < ClientEvents.Capacity; call++)
        {
            Call(Other);
        }

        var history = _events.Read(Client, 10);

        Assert.Equal([ClientEventKind.Request, ClientEventKind.Connected], history.Events.Select(happened => happened.Kind));
        Assert.Equal(CallOutcome.LostInFlight, history.Events[0].Outcome);
        Assert.True(history.CompleteSince > history.Events[1].At);
    }

    [Fact]
    public void Read_AsManyAsTheLimit_WhileARingHasLostSome_IsCompleteSinceThatRingIs()
    {
        Connect(Client);
        Connect(Client);
        for (var call = 0; call <= ClientEvents.Capacity; call++)
        {
            Call(Other);
        }

        var history = _events.Read(Client, 2);

        Assert.Equal(2, history.Events.Length);
        Assert.True(history.CompleteSince > history.Events[0].At);
    }

    [Fact]
    public void Event_OfAnIdleClient_AllocatesNothing()
    {
        Call(Client);
        Connect(Client);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (var call = 0; call < 10_000; call++)
            {
                _events.OnCall(Client, oneWay: false, CallOutcome.Completed, TimeSpan.Zero);
                _events.OnConnection(Client, ClientEventKind.Connected, "gateway1");
            }
        }));
    }

    [Fact]
    public void Rings_OfAnOwner_TakeAsMuchAsTheDocumentsSay()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var events = new ClientEvents(_time);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 600_000, 750_000);
        GC.KeepAlive(events);
    }

    private void Connect(ClientKey client)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _events.OnConnection(client, ClientEventKind.Connected, "gateway1");
    }

    private void Call(ClientKey client, CallOutcome outcome = CallOutcome.Completed)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _events.OnCall(client, oneWay: false, outcome, TimeSpan.FromMilliseconds(7));
    }
}
