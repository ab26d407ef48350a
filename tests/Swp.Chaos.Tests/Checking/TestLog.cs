using Swp.Chaos.Clients;
using Swp.Chaos.Logs;

namespace Swp.Chaos.Tests.Checking;

/// <summary>A log that a test writes itself. Times are seconds.</summary>
internal sealed class TestLog
{
    public List<ClientEvent> Events { get; } = [];

    public List<Call> Calls { get; } = [];

    public List<CallEnd> Ends { get; } = [];

    public List<Fault> Faults { get; } = [];

    public List<MemberEnd> MemberEnds { get; } = [];

    public List<Period> Stalls { get; } = [];

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public static string AnswerOf(long call, string client, int connection) => $"answer of {client}#{connection} to {call}";

    /// <summary>
    /// Everything that may happen and is in order: answers, a message, a call that nobody answers, a fault from 100 to 110 s in which c1 comes back,
    /// what it does to calls, and queries.
    /// </summary>
    public static TestLog Clean()
    {
        var log = new TestLog();
        log.Open("c1", 1, 1);
        log.Open("c2", 1, 1);
        log.Completed(1, "c1", 1, at: 10);
        log.Call(2, "c1", 11, oneWay: true);
        log.Receive(2, "c1", 1, 11.1);
        log.End(2, "completed", 11.1, uuid: null);
        log.Call(3, "c2", 12, timeout: 3, script: new Script(ScriptAct.Never));
        log.Receive(3, "c2", 1, 12.1);
        log.End(3, "timed_out", 15);
        log.Query("c2", 1, 1, asked: 20, replied: 20.1);
        log.Query("c2", 1, 2, asked: 40, replied: 40.1, error: "owner_unavailable");

        log.Faults.Add(new Fault
        {
            Name = "gateway-kill",
            Target = "gateway1",
            Start = Seconds(100),
            Healed = Seconds(109),
            Settled = Seconds(110),
            Disturbance = new Period(Seconds(100), Seconds(110)),
            Affected = new HashSet<string> { "c1" },
            Outages = [new Outage("gateway1", Seconds(100), Seconds(109))],
        });
        log.MemberEnds.Add(new MemberEnd("gateway1", Seconds(100), 137, Planned: true));
        log.Call(4, "c1", 99.5);
        log.Receive(4, "c1", 1, 99.6);
        log.End(4, "lost_in_flight", 101);
        log.Call(5, "c1", 99.5, idempotent: true);
        log.Receive(5, "c1", 1, 99.6);
        log.Ask("c1", 1, 1, 99.7);
        log.Close("c1", 1, 100.1);
        log.Open("c1", 2, 101);
        log.Receive(5, "c1", 2, 101.1);
        log.Answer(5, "c1", 2, 101.2);
        log.End(5, "completed", 101.3, AnswerOf(5, "c1", 2));
        log.Call(6, "c1", 100.2);
        log.End(6, "not_connected", 100.3, uuid: null);
        log.Call(7, "c2", 99.9, entry: "gateway1");
        log.End(7, CallEnd.EntryLost, 100.1, uuid: null);

        log.Completed(8, "c1", 2, at: 150);
        return log;
    }

    public RunLog Close(double end = 300) => new()
    {
        Events = [.. Events.OrderBy(seen => seen.At)],
        Calls = [.. Calls],
        Ends = [.. Ends],
        Faults = [.. Faults],
        MemberEnds = [.. MemberEnds],
        Stalls = [.. Stalls],
        End = Seconds(end),
    };

    public void Call(long number, string client, double start, double timeout = 5, bool idempotent = false, bool oneWay = false, Script? script = null, string entry = "gateway2", double waitForConnect = 0) =>
        Calls.Add(new Call
        {
            Number = number,
            Client = client,
            Entry = entry,
            Start = Seconds(start),
            Timeout = Seconds(timeout),
            WaitForConnect = Seconds(waitForConnect),
            Idempotent = idempotent,
            OneWay = oneWay,
            Script = script ?? Script.AtOnce,
        });

    public void End(long call, string outcome, double at, string? data = null, string? uuid = "") =>
        Ends.Add(new CallEnd { Number = call, At = Seconds(at), Outcome = outcome, Uuid = uuid == "" ? $"u{call}" : uuid, Data = data });

    /// <summary>A call that is answered at once.</summary>
    public void Completed(long call, string client, int connection, double at)
    {
        Call(call, client, at);
        Receive(call, client, connection, at + 0.1);
        Answer(call, client, connection, at + 0.1);
        End(call, "completed", at + 0.2, AnswerOf(call, client, connection));
    }

    public void Open(string client, int connection, double at)
    {
        Add(client, connection, ClientEventKind.Opening, at - 0.1);
        Add(client, connection, ClientEventKind.Opened, at);
    }

    public void Close(string client, int connection, double at) =>
        Events.Add(new ClientEvent { At = Seconds(at), Client = client, Connection = connection, Kind = ClientEventKind.Closed, CloseCode = 1006 });

    public void Receive(long call, string client, int connection, double at, string? uuid = null) =>
        Add(client, connection, ClientEventKind.Received, at, uuid ?? $"u{call}", Calls.FirstOrDefault(made => made.Number == call)?.Payload, call);

    public void Answer(long call, string client, int connection, double at, string? data = null, string? uuid = null) =>
        Add(client, connection, ClientEventKind.Answered, at, uuid ?? $"u{call}", data ?? AnswerOf(call, client, connection), call);

    public void Ask(string client, int connection, int number, double at) =>
        Add(client, connection, ClientEventKind.Asked, at, null, $"query {number}", number);

    public void Reply(string client, int connection, int number, double at, string? error = null, string? data = null) =>
        Events.Add(new ClientEvent
        {
            At = Seconds(at),
            Client = client,
            Connection = connection,
            Kind = ClientEventKind.Replied,
            Number = number,
            Error = error,
            Data = data ?? (error is null ? $"query {number}" : null),
        });

    public void Query(string client, int connection, int number, double asked, double replied, string? error = null)
    {
        Ask(client, connection, number, asked);
        Reply(client, connection, number, replied, error);
    }

    private void Add(string client, int connection, ClientEventKind kind, double at, string? uuid = null, string? data = null, long? number = null) =>
        Events.Add(new ClientEvent { At = Seconds(at), Client = client, Connection = connection, Kind = kind, Uuid = uuid, Data = data, Number = number });
}
