using System.Diagnostics;
using System.Net;
using Swp.Testing.Clients;
using Swp.Testing.Operations;
using Swp.Testing.Processes;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>A test of the split topology.</summary>
public abstract class SplitTest(SwpClusterFixture fixture) : EndToEndTest(fixture.Cluster.Members)
{
    protected SwpProcess Gateway1 => fixture.Cluster.Gateways[0];

    protected SwpProcess Gateway2 => fixture.Cluster.Gateways[1];

    protected IReadOnlyList<SwpProcess> Gateways => fixture.Cluster.Gateways;

    protected IReadOnlyList<SwpProcess> Silos => fixture.Cluster.Silos;

    protected RedisProcess Redis => fixture.Cluster.Redis;

    /// <summary>
    /// While a member is going or gone, the runtime says so of each message on its way there, also a while later; whoever sent it tries again, or its
    /// caller is told. Errors of anything else are errors.
    /// </summary>
    internal static bool IsOfTheRuntime(string error) =>
        error.Contains(" ERR Orleans.Messaging ", StringComparison.Ordinal)
        || error.Contains(" ERR Orleans.Runtime.", StringComparison.Ordinal)
        || (error.Contains(" ERR Polly ", StringComparison.Ordinal) && error.Contains("Source: 'Orleans.Placement", StringComparison.Ordinal));

    protected override bool IsExpected(string error) => IsOfTheRuntime(error);

    public override async ValueTask InitializeAsync()
    {
        await fixture.Cluster.EnsureStartedAsync();
        await base.InitializeAsync();
    }

    /// <summary>Clients that answer each request with their own id, on a gateway each in turn.</summary>
    protected async Task<Dictionary<string, TestClient>> OpenManyAsync(int count, params SwpProcess[] gateways)
    {
        var clients = new Dictionary<string, TestClient>();
        for (var number = 0; number < count; number++)
        {
            var id = NewId();
            var client = await Own(gateways[number % gateways.Length].OpenAsync("caller", id));
            client.AutoAnswer($"\"{id}\"");
            clients.Add(id, client);
        }

        return clients;
    }

    /// <summary>Calls every client until each has answered, and says how long that took.</summary>
    protected static async Task<TimeSpan> AllAnswerAsync(OperationsApi api, IEnumerable<string> ids, TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(ids.Select(async id =>
        {
            ApiAnswer answer;
            do
            {
                answer = await api.CallAsync("caller", id, timeoutMs: 3000);
                Assert.True(
                    answer.Outcome == "completed" || Stopwatch.GetElapsedTime(started) < within,
                    $"{id} does not answer after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s: {answer}");
            }
            while (answer.Outcome != "completed");
            Assert.Equal(id, answer["data"]);
        }));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Every one answers the first time it is asked.</summary>
    protected static async Task AllAnswerAsync(OperationsApi api, IEnumerable<string> ids)
    {
        foreach (var (id, answer) in await Task.WhenAll(ids.Select(async id => (id, await api.CallAsync("caller", id)))))
        {
            Assert.True(answer.Status == HttpStatusCode.OK && answer["data"] == id, $"{id}: {answer}");
        }
    }

    protected static Task ConnectedAsync(OperationsApi api, string id) =>
        Eventually.True(async () => (await api.StatusAsync("caller", id)) is { Status: HttpStatusCode.OK } status && status["connected"] == "true");
}
