using System.Net;
using System.Net.Sockets;
using Swp.Testing.Operations;

namespace Swp.Chaos.Callers;

/// <summary>
/// What a load balancer knows of a gateway: asks it again and again whether it is ready, and believes only that it is not. One that gives no answer
/// may be dead or slow: it is tried, as before.
/// </summary>
internal sealed class ReadinessWatch : IAsyncDisposable
{
    /// <summary>A fraction of what a stopping gateway waits for whoever asks, see <c>Swp:DrainNotice</c>.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly OperationsApi _operations;
    private readonly TimeProvider _time;
    private readonly Task _watching;
    private volatile bool _isReady = true;

    public ReadinessWatch(OperationsApi operations, TimeProvider time)
    {
        (_operations, _time) = (operations, time);
        _watching = WatchAsync();
    }

    /// <summary>Whether its last answer was that it is, if it has given one.</summary>
    public bool IsReady => _isReady;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                _isReady = await AskAsync() ?? _isReady;
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody asks any more.
        }
    }

    private async Task<bool?> AskAsync()
    {
        try
        {
            return (await _operations.GetAsync("/health/ready").WaitAsync(Interval, _time, _stop.Token)).Status switch
            {
                HttpStatusCode.OK => true,
                HttpStatusCode.ServiceUnavailable => false,
                _ => null,
            };
        }
        catch (Exception e) when (!_stop.IsCancellationRequested && e is (HttpRequestException or SocketException or TimeoutException or TaskCanceledException))
        {
            return null;
        }
    }
}
