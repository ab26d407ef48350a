using Swp.Clients;
using Swp.Grains.Promises;

namespace Swp.Grains.Tests.Promises;

public sealed class RecentCallsTests
{
    private static readonly CallResult Completed = new() { Outcome = CallOutcome.Completed };

    private readonly RecentCalls _calls = new(At(10));

    [Fact]
    public void Find_WhatHasEnded_WithItsLastAttempt()
    {
        Assert.False(_calls.TryFind("a", out _));
        _calls.Add("a", 1, Completed, At(11));
        _calls.Add("a", 3, new CallResult { Outcome = CallOutcome.NotSent }, At(12));
        Assert.True(_calls.TryFind("a", out var ended));
        Assert.Equal((3, CallOutcome.NotSent, At(12)), (ended.Attempt, ended.Result!.Outcome, ended.At));
        Assert.Equal((1, At(10), At(12)), (_calls.Count, _calls.CompleteSince, _calls.LastAt));
    }

    [Fact]
    public void Add_MoreThanItHolds_TheOldestIsForgotten_ThoseOfSeveralAttemptsStay()
    {
        _calls.Add("retried", 2, Completed, At(11));
        for (var number = 0; number <= RecentCalls.Ordinary; number++)
        {
            _calls.Add($"{number}", 1, Completed, At(20 + number));
        }

        Assert.False(_calls.TryFind("0", out _));
        Assert.True(_calls.TryFind("1", out _));
        Assert.True(_calls.TryFind("retried", out _));
        Assert.Equal(At(20), _calls.CompleteSince);
        Assert.Equal(RecentCalls.Ordinary + 1, _calls.Count);
    }

    [Fact]
    public void LoseTrack_WhatWasBeforeIsNotWhollyKnown_AndWhatIsForgottenLaterDoesNotMendThat()
    {
        _calls.Add("old", 1, Completed, At(11));
        _calls.LoseTrack(At(50));
        Assert.Equal(At(50), _calls.CompleteSince);
        Assert.True(_calls.TryFind("old", out _));
        for (var number = 0; number < RecentCalls.Ordinary; number++)
        {
            _calls.Add($"{number}", 1, Completed, At(51 + number));
        }

        Assert.False(_calls.TryFind("old", out _));
        Assert.Equal(At(50), _calls.CompleteSince);
    }

    [Fact]
    public void Add_OneThatWasThereBefore_IsAsYoungAsItsLast()
    {
        _calls.Add("again", 1, Completed, At(11));
        for (var number = 0; number < RecentCalls.Ordinary - 1; number++)
        {
            _calls.Add($"{number}", 1, Completed, At(20 + number));
        }

        _calls.Add("again", 1, Completed, At(200));
        _calls.Add("more", 1, Completed, At(201));
        Assert.True(_calls.TryFind("again", out _));
        Assert.True(_calls.TryFind("more", out _));
    }

    [Fact]
    public void Add_LargeResults_OnlyTheFactIsKept()
    {
        var large = Completed with { Data = JsonPayload.Parse($"\"{new string('x', 200_000)}\"") };
        _calls.Add("a", 1, large, At(11));
        _calls.Add("b", 1, large, At(12));
        Assert.True(_calls.TryFind("a", out var first));
        Assert.NotNull(first.Result);
        Assert.True(_calls.TryFind("b", out var second));
        Assert.Null(second.Result);
    }

    [Fact]
    public void Add_WhatCarriesNoAnswer_IsAlwaysKept()
    {
        var large = Completed with { Data = JsonPayload.Parse($"\"{new string('x', 260_000)}\"") };
        _calls.Add("large", 1, large, At(11));
        _calls.Add("not sent", 1, new CallResult { Outcome = CallOutcome.NotSent, Message = "The client's owner is stopping; try again." }, At(12));
        Assert.True(_calls.TryFind("not sent", out var ended));
        Assert.Equal(CallOutcome.NotSent, ended.Result!.Outcome);
    }

    [Fact]
    public void CompleteSince_OnlyGrows()
    {
        for (var number = 0; number < RecentCalls.Retried; number++)
        {
            _calls.Add($"retried {number}", 2, Completed, At(100));
        }

        for (var number = 0; number <= RecentCalls.Ordinary; number++)
        {
            _calls.Add($"{number}", 1, Completed, At(1000 + number));
        }

        Assert.Equal(At(1000), _calls.CompleteSince);
        _calls.Add("one more", 2, Completed, At(2000));
        Assert.Equal(At(1000), _calls.CompleteSince);
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
