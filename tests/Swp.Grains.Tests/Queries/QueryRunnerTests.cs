using Swp.Clients;
using Swp.Cluster.Logging;
using Swp.Grains.Diagnostics;
using Swp.Grains.Queries;
using Swp.Grains.Services;
using Swp.Grains.Types;
using Swp.Relay;
using Swp.Testing.Logging;
using Swp.Testing.Tasks;
using Swp.Testing.Telemetry;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Queries;

public sealed class QueryRunnerTests : IDisposable
{
    private const string Secret = "password=hunter2";

    private readonly HostileTimeProvider _time = new();
    private readonly TestService _service = new();
    private readonly OwnerInstruments _instruments = new();
    private readonly RecordingLogger _logger = new();
    private readonly List<QueryAnswer> _answers = [];

    // The runner runs on its client's activation: one turn at a time.
    private readonly TaskFactory _activation = new(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);

    public void Dispose() => _instruments.Dispose();

    // ---- What is measured -------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("answered")]
    [InlineData("declined")]
    [InlineData("failed")]
    public async Task Query_IsMeasuredOnceByWhatCameOfIt(string result)
    {
        using var metrics = new MetricReader();
        _service.Handler = (query, _) => result switch
        {
            "declined" => throw new QueryException("no"),
            "failed" => throw new InvalidOperationException("broken"),
            _ => new(Answer.Echo(query)),
        };
        var runner = Runner(type: $"measured-{result}");
        await TurnAsync(() => Enqueue(runner, "a"));
        await AnsweredAsync(1);

        var recorded = Assert.Single(metrics.Recorded, recorded => recorded["swp.client.type"] == $"measured-{result}");
        Assert.Equal(("swp.owner.query.duration", result), (recorded.Name, recorded["swp.query.result"]));
    }

    // ---- Order ------------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task OneAtATime_HandlersThatTakeTime_StartAndAnswerInOrder()
    {
        var runner = Runner();
        await TurnAsync(() => Enqueue(runner, "a", "b", "c"));
        Assert.Equal(["a"], _service.Started);
        Assert.Equal(3, runner.Count);

        await FinishAsync("a");
        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 2));
        await FinishAsync("b");
        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 3));
        await FinishAsync("c");
        await AnsweredAsync(3);
        Assert.Equal(["a", "b", "c"], _answers.Select(answer => answer.Uuid));
        Assert.All(_answers, answer => Assert.Equal(("0", $"\"{answer.Uuid}\""), (answer.Answer.Code, answer.Answer.Data.ToString())));
        await Eventually.True(() => TurnAsync(() => runner.Count == 0));
    }

    [Fact]
    public async Task OneAtATime_SlowFirstAndQuickRest_KeepTheOrder()
    {
        var runner = Runner();
        var slow = new TaskCompletionSource<Answer>();
        _service.Handler = (query, _) => query.Uuid == "a" ? new(slow.Task) : new(Answer.Echo(query));
        await TurnAsync(() => Enqueue(runner, "a", "b", "c"));
        Assert.Empty(_answers);

        slow.SetResult(Answer.From("late"));
        await AnsweredAsync(3);
        Assert.Equal(["a", "b", "c"], _answers.Select(answer => answer.Uuid));
    }

    [Fact]
    public async Task SeveralAtATime_StartUpToTheLimitAndAnswerAsTheyFinish()
    {
        var runner = Runner(options => options.MaxConcurrentQueries = 3);
        await TurnAsync(() => Enqueue(runner, "a", "b", "c", "d", "e"));
        Assert.Equal(["a", "b", "c"], _service.Started);

        await FinishAsync("c");
        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 4));
        await FinishAsync("a");
        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 5));
        Assert.Equal(["c", "a"], _answers.Select(answer => answer.Uuid));
        Assert.Equal(["a", "b", "c", "d", "e"], _service.Started);
        await FinishAsync("b");
        await FinishAsync("d");
        await FinishAsync("e");
        await AnsweredAsync(5);
    }

    [Fact]
    public async Task HandlersThatAnswerAtOnce_AnswerInTheSameTurn()
    {
        var runner = Runner();
        _service.Handler = (query, _) => new(Answer.Echo(query));
        await TurnAsync(() =>
        {
            Enqueue(runner, "a", "b");
            Assert.Equal(["a", "b"], _answers.Select(answer => answer.Uuid));
        });
        Assert.Equal(0, runner.Count);
    }

    [Fact]
    public async Task HandlersThatAnswerAtOnce_BehindASlowOne_NeedNoStack()
    {
        const int Many = 50_000;
        var runner = Runner(options => options.MaxQueuedQueries = Many);
        var slow = new TaskCompletionSource<Answer>();
        _service.Handler = (query, _) => query.Uuid == "0" ? new(slow.Task) : new(Answer.Echo(query));
        await TurnAsync(() => Enqueue(runner, [.. Enumerable.Range(0, Many).Select(i => i.ToString())]));
        slow.SetResult(Answer.From(0));
        await AnsweredAsync(Many);
        Assert.Equal(Enumerable.Range(0, Many).Select(i => i.ToString()), _answers.Select(answer => answer.Uuid));
    }

    [Fact]
    public async Task Answer_GoesToTheConnectionThatAsked()
    {
        var runner = Runner();
        _service.Handler = (query, _) => new(Answer.Echo(query));
        await TurnAsync(() => runner.Enqueue(new OwnerboundFrame { ConnectionId = 42, Epoch = 7, Uuid = "a", Data = JsonPayload.Parse("[ 1 ]"), Code = "0" }));
        var answer = Assert.Single(_answers);
        Assert.Equal((42, 7, "[ 1 ]", true), (answer.ConnectionId, answer.Epoch, answer.Answer.Data.ToString(), answer.Answer.IsRelayed));
    }

    // ---- Limits -----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task Enqueue_QueueFull_IsRateLimited()
    {
        var runner = Runner(options => options.MaxQueuedQueries = 2);
        await TurnAsync(() => Enqueue(runner, "a", "b", "c", "d"));
        var refused = Assert.Single(_answers);
        Assert.Equal(("d", "-1", "rate_limited", true), (refused.Uuid, refused.Answer.Code, refused.Answer.Error!.Code, refused.Answer.Error.Retryable));
        Assert.True(refused.Answer.Error.RetryAfterMs > 0);

        await FinishAsync("a");
        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 2));
        await TurnAsync(() => Enqueue(runner, "e"));
        await FinishAsync("b");
        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 3));
        await FinishAsync("c");
        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 4));
        Assert.Equal(["a", "b", "c", "e"], _service.Started);
    }

    [Fact]
    public async Task Timeout_HandlerThatListens_FailsAndTheNextOneRuns()
    {
        var runner = Runner(options => options.QueryTimeout = TimeSpan.FromSeconds(5));
        await TurnAsync(() => Enqueue(runner, "a", "b"));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(_service.Tokens["a"].IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(_service.Tokens["a"].IsCancellationRequested);
        await AnsweredAsync(1);
        Assert.Equal(("a", "-1", "internal_error"), (_answers[0].Uuid, _answers[0].Answer.Code, _answers[0].Answer.Error!.Code));

        await Eventually.True(() => TurnAsync(() => _service.Started.Count == 2));
        Assert.False(_service.Tokens["b"].IsCancellationRequested);
        await FinishAsync("b");
        await AnsweredAsync(2);
        Assert.Equal("0", _answers[1].Answer.Code);
    }

    // ---- Failures ---------------------------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandlerThrows_TheClientHearsAReferenceThatTheLogCarriesToo(bool atOnce)
    {
        var runner = Runner();
        _service.Handler = (_, _) => atOnce ? throw new InvalidOperationException(Secret) : LaterAsync(new InvalidOperationException(Secret));
        await TurnAsync(() => Enqueue(runner, "a"));
        await AnsweredAsync(1);

        var answer = _answers[0].Answer;
        Assert.Equal(("-1", "internal_error"), (answer.Code, answer.Error!.Code));
        Assert.DoesNotContain("hunter2", answer.Message);
        Assert.True(answer.Data.IsNone);
        var reference = answer.Message!.Split("reference ")[1][..12];
        Assert.Matches("^[0-9a-f]{12}$", reference);
        var (line, exception) = Assert.Single(_logger.Lines);
        Assert.Contains(reference, line);
        Assert.Contains("his/1", line);
        Assert.Equal(Secret, exception!.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandlerThrowsAQueryException_TheClientHearsItsTextAndNothingIsLogged(bool atOnce)
    {
        var runner = Runner();
        var refusal = new QueryException("There is no busiType 9.", new InvalidOperationException(Secret));
        _service.Handler = (_, _) => atOnce ? throw refusal : LaterAsync(refusal);
        await TurnAsync(() => Enqueue(runner, "a"));
        await AnsweredAsync(1);
        var answer = _answers[0].Answer;
        Assert.Equal(("-1", "query_failed", "There is no busiType 9."), (answer.Code, answer.Error!.Code, answer.Message));
        Assert.Empty(_logger.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandlerFails_TheNextQueryRuns(bool atOnce)
    {
        var runner = Runner();
        _service.Handler = (query, _) => query.Uuid != "a" ? new(Answer.Echo(query))
            : atOnce ? throw new InvalidOperationException() : LaterAsync(new InvalidOperationException());
        await TurnAsync(() => Enqueue(runner, "a", "b"));
        await AnsweredAsync(2);
        Assert.Equal([("a", "-1"), ("b", "0")], _answers.Select(answer => (answer.Uuid, answer.Answer.Code)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandlerReturnsNull_IsAFailureAndTheNextQueryRuns(bool atOnce)
    {
        var runner = Runner();
        _service.Handler = (query, _) => query.Uuid != "a" ? new(Answer.Echo(query)) : atOnce ? new((Answer)null!) : NullLaterAsync();
        await TurnAsync(() => Enqueue(runner, "a", "b"));
        await AnsweredAsync(2);
        Assert.Equal([("a", "internal_error"), ("b", null)], _answers.Select(answer => (answer.Uuid, answer.Answer.Error?.Code)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswerCannotBeWritten_IsAFailureAndTheNextQueryRuns(bool atOnce)
    {
        var runner = Runner(answer: answer =>
        {
            if (answer is { Uuid: "a", Answer.IsRelayed: true })
            {
                throw new InvalidOperationException("The answer cannot be written.");
            }

            _answers.Add(answer);
        });
        _service.Handler = (query, _) => atOnce ? new(Answer.Echo(query)) : LaterAsync(query);
        await TurnAsync(() => Enqueue(runner, "a", "b"));
        await AnsweredAsync(2);
        Assert.Equal([("a", "internal_error"), ("b", null)], _answers.Select(answer => (answer.Uuid, answer.Answer.Error?.Code)));
        await Eventually.True(() => TurnAsync(() => runner.Count == 0));
    }

    // ---- Stopping ---------------------------------------------------------------------------------------------------------------------

    [Fact]
    public async Task StopAsync_PatienceOver_CancelsWhatRunsAndTellsWhatWaits()
    {
        var runner = Runner();
        await TurnAsync(() => Enqueue(runner, "a", "b", "c"));
        var stopping = await _activation.StartNew(() => runner.StopAsync(TimeSpan.FromSeconds(2))).DefaultTimeout();
        await DriveAsync(stopping);

        await AnsweredAsync(3);
        Assert.Equal(["a"], _service.Started);
        Assert.Equal(["a", "b", "c"], _answers.Select(answer => answer.Uuid).Order());
        Assert.All(_answers, answer => Assert.Equal("-1", answer.Answer.Code));

        // What was begun may have been carried out; what was not can be asked again.
        Assert.All(_answers, answer => Assert.Equal(
            answer.Uuid == "a" ? ("lost_in_flight", false) : ("owner_unavailable", true),
            (answer.Answer.Error!.Code, answer.Answer.Error.Retryable)));

        await TurnAsync(() => Enqueue(runner, "d"));
        Assert.Equal(("d", "owner_unavailable"), (_answers[3].Uuid, _answers[3].Answer.Error!.Code));
        Assert.Equal(["a"], _service.Started);
    }

    [Fact]
    public async Task StopAsync_HandlerThatDoesNotListen_IsNotWaitedForForEver()
    {
        var runner = Runner();
        var deaf = new TaskCompletionSource<Answer>();
        _service.Handler = (_, _) => new(deaf.Task);
        await TurnAsync(() => Enqueue(runner, "a"));
        var stopping = await _activation.StartNew(() => runner.StopAsync(TimeSpan.FromSeconds(2))).DefaultTimeout();

        var from = _time.GetTimestamp();
        await DriveAsync(stopping);
        Assert.True(_time.GetElapsedTime(from) >= TimeSpan.FromSeconds(2));
        await stopping;
        Assert.Contains("1 queries of his/1 still run", Assert.Single(_logger.Lines).Line);

        deaf.SetResult(Answer.From("late"));
        await AnsweredAsync(1);
    }

    [Fact]
    public async Task StopAsync_HandlerFinishesMeanwhile_ItsAnswerCounts()
    {
        var runner = Runner();
        var work = new TaskCompletionSource<Answer>();
        _service.Handler = (_, _) => new(work.Task);
        await TurnAsync(() => Enqueue(runner, "a"));
        var stopping = await _activation.StartNew(() => runner.StopAsync(TimeSpan.FromSeconds(2))).DefaultTimeout();
        work.SetResult(Answer.From("done"));
        await stopping.DefaultTimeout();
        Assert.Equal("0", Assert.Single(_answers).Answer.Code);
    }

    [Fact]
    public async Task StopAsync_WaitingQueriesHaveTime_AreAnsweredToo()
    {
        var runner = Runner();
        _service.Handler = (query, _) => LaterAsync(query);
        await TurnAsync(() => Enqueue(runner, "a", "b", "c"));
        await await _activation.StartNew(() => runner.StopAsync(TimeSpan.FromSeconds(2))).DefaultTimeout();
        Assert.Equal([("a", "0"), ("b", "0"), ("c", "0")], _answers.Select(answer => (answer.Uuid, answer.Answer.Code)));
    }

    private async Task DriveAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(until, Task.Delay(1));
        }

        await until;
    }

    private static async ValueTask<Answer> LaterAsync(Exception exception)
    {
        await Task.Yield();
        throw exception;
    }

    private static async ValueTask<Answer> LaterAsync(Query query)
    {
        await Task.Yield();
        return Answer.Echo(query);
    }

    private static async ValueTask<Answer> NullLaterAsync()
    {
        await Task.Yield();
        return null!;
    }

    [Fact]
    public async Task Flood_OfQueriesThatFail_IsLoggedAFewTimes()
    {
        var log = new RecordingLogger<QueryRunner>();
        _service.Handler = (_, _) => throw new InvalidOperationException(Secret);
        var runner = new QueryRunner(
            new ClientKey("his", "1"), new ClientType("his", "HIS", _service, new ClientTypeOptions()), _answers.Add, _instruments, _time, new PacedLogger<QueryRunner>(log, _time));
        await TurnAsync(() => Enqueue(runner, [.. Enumerable.Range(0, 5_000).Select(i => $"{i}")]));
        await AnsweredAsync(5_000);
        Assert.Equal(PacedLogger<QueryRunner>.Lines, log.Lines.Count);
    }

    private static void Enqueue(QueryRunner runner, params string[] uuids)
    {
        foreach (var uuid in uuids)
        {
            runner.Enqueue(new OwnerboundFrame { Kind = OwnerboundKind.Query, ConnectionId = 1, Uuid = uuid, Code = "0" });
        }
    }

    private QueryRunner Runner(Action<ClientTypeOptions>? configure = null, Action<QueryAnswer>? answer = null, string type = "his")
    {
        var options = new ClientTypeOptions();
        configure?.Invoke(options);
        return new QueryRunner(
            new ClientKey(type, "1"), new ClientType(type, "HIS", _service, options), answer ?? _answers.Add, _instruments, _time, _logger);
    }

    private Task TurnAsync(Action turn) => _activation.StartNew(turn).DefaultTimeout();

    private async ValueTask<bool> TurnAsync(Func<bool> turn) => await _activation.StartNew(turn).DefaultTimeout();

    private Task FinishAsync(string uuid) => TurnAsync(() => _service.Finish(uuid));

    private Task AnsweredAsync(int count) => Eventually.True(() => TurnAsync(() => _answers.Count == count));
}
