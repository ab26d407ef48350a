using Swp.Cli.Devices;
using Swp.Devices;

namespace Swp.Cli.Crowds;

/// <summary>One client of a crowd.</summary>
internal sealed class CrowdMember
{
    private readonly CrowdPlan _plan;
    private readonly CrowdCounts _counts;
    private readonly TimeProvider _time;
    private readonly DeviceClient _client;
    private readonly bool _silent;
    private readonly bool _drops;
    private long _started;
    private bool _everConnected;

    public CrowdMember(CrowdPlan plan, int index, DeviceClientOptions options, CrowdCounts counts)
    {
        _plan = plan;
        _counts = counts;
        _time = options.Time;
        _silent = plan.IsSilent(index) || plan.Answer.Kind == AnswerKind.None;
        _drops = plan.Drops(index);
        _client = new DeviceClient(options with { ClientId = plan.IdOf(index) }) { OnRequest = AnswerAsync, OnOpened = OnOpened, OnClosed = counts.OnClosed };
    }

    /// <summary>Lives until it is stopped or sent away for good.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _counts.OnStarted();
        _started = _time.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var beside = Task.WhenAll(_drops ? DropAsync(end.Token) : Task.CompletedTask, _plan.QueryEvery is { } every ? AskAsync(every, end.Token) : Task.CompletedTask);
        var exit = await _client.RunAsync(stop);
        if (!exit.Requested)
        {
            _counts.OnGone(_everConnected);
        }

        await end.CancelAsync();
        await beside.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void OnOpened()
    {
        _counts.OnOpened(_everConnected ? null : _time.GetElapsedTime(_started));
        _everConnected = true;
    }

    private async ValueTask<Reply> AnswerAsync(Frame question, CancellationToken ended)
    {
        _counts.OnReceived();
        if (_silent)
        {
            _counts.OnUnanswered();
            return Reply.None;
        }

        var delay = _plan.Delay.Draw(Random.Shared);
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, _time, ended);
            }
        }
        catch (OperationCanceledException)
        {
            _counts.OnFailedAnswer();
            throw;
        }

        _counts.OnAnswered();
        return _plan.Answer.Answer(question);
    }

    private async Task DropAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(_plan.DropEvery * (0.5 + Random.Shared.NextDouble()), _time, stop);
            if (_everConnected)
            {
                _counts.OnDrop();
                _client.Drop();
            }
        }
    }

    private async Task AskAsync(TimeSpan every, CancellationToken stop)
    {
        // Those that connected together do not ask together.
        await Task.Delay(every * Random.Shared.NextDouble(), _time, stop);
        while (true)
        {
            var asked = _time.GetTimestamp();
            try
            {
                var answer = await _client.QueryAsync(_plan.Query ?? default, stop);
                _counts.OnQueried(answer.IsSuccess() ? _time.GetElapsedTime(asked) : null);
            }
            catch (Exception e) when (e is ConnectionLostException or TimeoutException)
            {
                _counts.OnQueried(null);
            }

            await Task.Delay(every, _time, stop);
        }
    }
}
