using System.Collections.Concurrent;
using System.Diagnostics;
using Swp.Testing.Operations;
using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>Calls clients through gateways without end, keeps every outcome, and holds it against what the clients have seen.</summary>
internal sealed class CallLog(IReadOnlyList<RoamingClient> clients)
{
    /// <summary>What each call may take.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly string[] NeverSeen = ["not_sent", "not_connected", "unknown_client", "too_many_pending"];

    private readonly ConcurrentQueue<Entry> _entries = new();
    private readonly CancellationTokenSource _done = new();
    private Task _calling = Task.CompletedTask;
    private int _lastNumber;

    public IReadOnlyCollection<Entry> Entries => _entries;

    /// <summary>Calls every client through every gateway, one call at a time each.</summary>
    public void Start(IEnumerable<SwpProcess> gateways) =>
        _calling = Task.WhenAll(gateways.SelectMany(gateway => clients.Select(client => CallAsync(gateway, client))));

    /// <summary>Makes no more calls, and waits for the last outcomes.</summary>
    public async Task StopAsync()
    {
        await _done.CancelAsync();
        await _calling;
        _done.Dispose();
    }

    /// <summary>Whether each client has answered a call through each gateway that began after a moment.</summary>
    public bool AllAnswerSince(long moment, int gateways) =>
        _entries.Where(entry => entry.Outcome == "completed" && entry.Began > moment)
            .Select(entry => (entry.Gateway, entry.Client))
            .Distinct()
            .Count() == clients.Count * gateways;

    /// <summary>Every outcome came in time, and none is contradicted by what a client has seen.</summary>
    public void AssertTrue()
    {
        var seen = clients.ToDictionary(client => client.Id, client => client.Seen);
        Assert.All(_entries, entry =>
        {
            var times = seen[entry.Client].GetValueOrDefault(entry.Data);
            Assert.True(entry.Took <= CallTimeout + TimeSpan.FromSeconds(1), $"took too long: {entry}");
            Assert.True(entry.Outcome != "completed" || times > 0, $"never seen: {entry}");
            Assert.True(!NeverSeen.Contains(entry.Outcome) || times == 0, $"seen: {entry}");
            Assert.True(entry.Idempotent || times <= 1, $"seen {times} times: {entry}");
        });
    }

    private async Task CallAsync(SwpProcess gateway, RoamingClient client)
    {
        while (!_done.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _lastNumber);
            var idempotent = number % 4 == 0;
            var began = Stopwatch.GetTimestamp();
            var answer = await gateway.Operations.CallAsync("caller", client.Id, $"\"{number}\"", (int)CallTimeout.TotalMilliseconds, idempotent: idempotent);
            _entries.Enqueue(new Entry(gateway.Name, client.Id, $"{number}", idempotent, answer.Outcome!, began, Elapsed(answer)));
            await Task.Delay(Pause);
        }
    }

    // As the server says it: on a busy machine the test itself is late.
    private static TimeSpan Elapsed(ApiAnswer answer) => TimeSpan.FromMilliseconds(answer.Json.GetProperty("elapsedMs").GetDouble());

    /// <summary>A call and how it ended.</summary>
    internal sealed record Entry(string Gateway, string Client, string Data, bool Idempotent, string Outcome, long Began, TimeSpan Took)
    {
        public bool IsCompleted => Outcome == "completed";
    }
}
