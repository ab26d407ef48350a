using System.Collections.Concurrent;
using System.Diagnostics;
using Swp.Testing.Clients;
using Swp.Testing.Processes;

namespace Swp.EndToEnd.Tests.Fixtures;

/// <summary>A client as clients are: it answers what it is asked, and connects again, elsewhere, when it is sent away.</summary>
internal sealed class RoamingClient(string id, IReadOnlyList<SwpProcess> gateways, int first) : IAsyncDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _leaving = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _living = Task.CompletedTask;

    public string Id => id;

    /// <summary>How often each request came, by its data.</summary>
    public ConcurrentDictionary<string, int> Seen { get; } = new();

    /// <summary>How its connections ended, and when.</summary>
    public ConcurrentQueue<(TestClose Close, long At)> Closes { get; } = new();

    /// <summary>Connects and lives from then on.</summary>
    public async Task StartAsync()
    {
        _living = LiveAsync();
        await _open.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _living;
        _leaving.Dispose();
    }

    private async Task LiveAsync()
    {
        try
        {
            for (var turn = first; ; turn++)
            {
                await ConnectAsync(gateways[turn % gateways.Count]);
                await Task.Delay(LongestPause * Random.Shared.NextDouble(), _leaving.Token);
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The test is over.
        }
        catch (Exception e)
        {
            _open.TrySetException(e);
            throw;
        }
    }

    private async Task ConnectAsync(SwpProcess gateway)
    {
        try
        {
            await using var client = await gateway.ConnectAsync("caller", TestClient.SubProtocol);
            client.AutoAnswer(request =>
            {
                Seen.AddOrUpdate(request.Data!, 1, (_, times) => times + 1);
                return request.RawData;
            });
            await client.OpenAsync(id);
            _open.TrySetResult();
            var close = await client.Closed.WaitAsync(_leaving.Token);
            Closes.Enqueue((close, Stopwatch.GetTimestamp()));
        }
        catch (Exception e) when (e is not OperationCanceledException && _open.Task.IsCompletedSuccessfully)
        {
            // Refused, or cut off while it opened: the next gateway is tried.
        }
    }
}
