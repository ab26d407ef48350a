using Microsoft.Extensions.Time.Testing;
using Swp.Devices;

namespace Swp.Clinic.Tests.Samples;

public sealed class PendingQueriesTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new();
    private readonly PendingQueries _pending;

    public PendingQueriesTests() => _pending = new PendingQueries(_time);

    [Fact]
    public async Task AskAsync_AnswersInAnotherOrder_ReachTheirQuestions()
    {
        var first = AskAsync("1");
        var second = AskAsync("2");
        Assert.True(_pending.TryComplete(new Frame { Uuid = "2", Msg = "two" }));
        Assert.True(_pending.TryComplete(new Frame { Uuid = "1", Msg = "one" }));
        Assert.Equal("one", (await first).Msg);
        Assert.Equal("two", (await second).Msg);
    }

    [Fact]
    public async Task AskAsync_NoAnswerInTime_TimesOutAndDropsTheLateOne()
    {
        var asked = AskAsync("1");
        _time.Advance(Timeout);
        await Assert.ThrowsAsync<TimeoutException>(() => asked);
        Assert.False(_pending.TryComplete(new Frame { Uuid = "1" }));
    }

    [Fact]
    public async Task Close_WithOpenQuestions_FailsThemAndLaterOnes()
    {
        var asked = AskAsync("1");
        _pending.Close();
        await Assert.ThrowsAsync<ConnectionLostException>(() => asked);
        await Assert.ThrowsAsync<ConnectionLostException>(() => AskAsync("2"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("other")]
    public void TryComplete_UnknownUuid_IsDropped(string? uuid) => Assert.False(_pending.TryComplete(new Frame { Uuid = uuid }));

    private Task<Frame> AskAsync(string uuid) =>
        _pending.AskAsync(new Frame { Uuid = uuid }, _ => Task.CompletedTask, Timeout, TestContext.Current.CancellationToken);
}
