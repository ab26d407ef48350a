using Microsoft.Extensions.Logging;
using Swp.Clients;
using Swp.Grains.Diagnostics;
using Swp.Grains.Services;
using Swp.Grains.Types;
using Swp.Protocol;
using Swp.Relay;

namespace Swp.Grains.Queries;

/// <summary>
/// The queries of one client: in order, as many at a time as the type allows, the rest waiting up to a limit. Runs on the client's activation;
/// a handler that completes at once costs neither a task nor a timer.
/// </summary>
internal sealed partial class QueryRunner(
    ClientKey key,
    ClientType type,
    Action<QueryAnswer> answer,
    OwnerInstruments instruments,
    TimeProvider time,
    ILogger logger)
{
    private static readonly ErrorDetail TooMany = new(ErrorCodes.RateLimited, Retryable: true, RetryAfterMs: 1000);
    private static readonly ErrorDetail Lost = new(ErrorCodes.LostInFlight);
    private static readonly ErrorDetail Moving = new(ErrorCodes.OwnerUnavailable, Retryable: true, RetryAfterMs: 1000);

    /// <summary>How long a cancelled handler has to notice.</summary>
    private static readonly TimeSpan CancelPatience = TimeSpan.FromMilliseconds(500);

    private readonly Queue<OwnerboundFrame> _waiting = new();
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _stopping = new();
    private bool _pumping;

    /// <summary>How many queries run or wait.</summary>
    public int Count => _waiting.Count + _running.Count;

    /// <summary>A query has come.</summary>
    public void Enqueue(in OwnerboundFrame frame)
    {
        if (_stopping.IsCancellationRequested)
        {
            Measure(QueryResult.Moving);
            answer(new QueryAnswer(frame, Answer.Fail("The server is moving: ask again after retryAfterMs.", Moving)));
            return;
        }

        if (_waiting.Count >= type.Options.MaxQueuedQueries)
        {
            Measure(QueryResult.RateLimited);
            answer(new QueryAnswer(frame, Answer.Fail("Too many queries wait: ask again after retryAfterMs.", TooMany)));
            return;
        }

        _waiting.Enqueue(frame);
        Pump();
    }

    /// <summary>
    /// Lets what was taken finish for a while, then cancels what runs and tells those that wait to ask again: they were not started.
    /// </summary>
    public async Task StopAsync(TimeSpan patience)
    {
        var started = time.GetTimestamp();
        await FinishWithinAsync(patience, started);

        // Before anything is cancelled: a query that ends makes room for the next.
        while (_waiting.TryDequeue(out var frame))
        {
            Measure(QueryResult.Moving);
            answer(new QueryAnswer(frame, Answer.Fail("The server is moving: ask again after retryAfterMs.", Moving)));
        }

        await _stopping.CancelAsync();
        await FinishWithinAsync(patience + CancelPatience, started);
        if (_running.Count > 0)
        {
            LogStillRunning(logger, key, _running.Count);
        }
    }

    /// <summary>Drops the waiting queries of a connection that is over: nobody would hear their answers.</summary>
    public void Forget(long connectionId)
    {
        for (var left = _waiting.Count; left > 0; left--)
        {
            var frame = _waiting.Dequeue();
            if (frame.ConnectionId != connectionId)
            {
                _waiting.Enqueue(frame);
            }
        }
    }

    private async Task FinishWithinAsync(TimeSpan patience, long started)
    {
        try
        {
            while (_running.Count > 0 && patience > time.GetElapsedTime(started))
            {
                await Task.WhenAny(_running).WaitAsync(patience - time.GetElapsedTime(started), time);

                // The finished one is taken out, and the next started, in a turn of its own.
                await Task.Yield();
            }
        }
        catch (TimeoutException)
        {
            // The caller goes on without them.
        }
    }

    private void Pump()
    {
        // A handler that completes at once comes back here from Finish: one loop, not a recursion as deep as the queue.
        if (_pumping)
        {
            return;
        }

        _pumping = true;
        try
        {
            while (_running.Count < type.Options.MaxConcurrentQueries && _waiting.TryDequeue(out var frame))
            {
                Start(frame);
            }
        }
        finally
        {
            _pumping = false;
        }
    }

    private void Start(OwnerboundFrame frame)
    {
        var query = new Query(key, frame.Uuid, frame.Data);
        var started = instruments.MeasuresQueries ? time.GetTimestamp() : 0;
        ValueTask<Answer> running;
        var cancellation = new CancellationTokenSource();
        try
        {
            running = type.Service.OnQueryAsync(query, cancellation.Token);
        }
        catch (Exception e)
        {
            var (failure, why) = Failure(e);
            Measure(why, started);
            answer(new QueryAnswer(frame, failure));
            return;
        }

        if (running.IsCompletedSuccessfully)
        {
            Reply(frame, running.Result, QueryResult.Answered, started);
            return;
        }

        var task = FinishAsync(frame, running, cancellation, started);
        if (!task.IsCompleted)
        {
            _running.Add(task);
            _ = RemoveAsync(task);
        }
    }

    private async Task FinishAsync(OwnerboundFrame frame, ValueTask<Answer> running, CancellationTokenSource cancellation, long started)
    {
        using (cancellation)
        using (_stopping.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), cancellation))
        using (time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), cancellation, type.Options.QueryTimeout, Timeout.InfiniteTimeSpan))
        {
            (Answer? Answer, QueryResult Result) end;
            try
            {
                end = (await running, QueryResult.Answered);
            }
            catch (Exception e)
            {
                end = _stopping.IsCancellationRequested && e is OperationCanceledException
                    ? (Answer.Fail("The server stopped before it had answered, and the query may have been carried out: check before you ask again.", Lost), QueryResult.Moving)
                    : Failure(e);
            }

            Reply(frame, end.Answer, end.Result, started);
        }
    }

    // A service can return null, or an answer that cannot be written: neither may stop its client's later queries.
    private void Reply(in OwnerboundFrame frame, Answer? reply, QueryResult result, long started)
    {
        try
        {
            answer(new QueryAnswer(frame, reply ?? throw new InvalidOperationException($"{type.Service.GetType()} answered null.")));
            Measure(result, started);
        }
        catch (Exception e)
        {
            var (failure, why) = Failure(e);
            Measure(why, started);
            answer(new QueryAnswer(frame, failure));
        }
    }

    private void Measure(QueryResult result, long started = 0)
    {
        if (instruments.MeasuresQueries)
        {
            instruments.OnQueryAnswered(type.Name, result, started == 0 ? TimeSpan.Zero : time.GetElapsedTime(started));
        }
    }

    private async Task RemoveAsync(Task task)
    {
        // FinishAsync does not throw: it turns every failure into an answer.
        try
        {
            await task;
        }
        finally
        {
            _running.Remove(task);
            Pump();
        }
    }

    private (Answer Answer, QueryResult Result) Failure(Exception e)
    {
        if (e is QueryException refused)
        {
            return (Answer.Fail(refused.Message), QueryResult.Declined);
        }

        // The client gets a number to quote, the log the whole story.
        var correlation = Guid.NewGuid().ToString("N")[..12];
        LogFailed(logger, e, key, correlation);
        return (Answer.Fail($"The server could not answer: report the reference {correlation}.", new ErrorDetail(ErrorCodes.InternalError)), QueryResult.Failed);
    }

    [LoggerMessage(LogLevel.Error, "A query of {Client} failed, reference {Reference}")]
    private static partial void LogFailed(ILogger logger, Exception exception, ClientKey client, string reference);

    [LoggerMessage(LogLevel.Warning, "{Count} queries of {Client} still run although they were cancelled")]
    private static partial void LogStillRunning(ILogger logger, ClientKey client, int count);
}
