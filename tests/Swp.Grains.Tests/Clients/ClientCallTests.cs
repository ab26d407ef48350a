using System.Net.Sockets;
using Orleans.Runtime;
using Swp.Client.Calls;
using Swp.Clients;
using Swp.Testing.Tasks;
using Swp.Testing.Time;

namespace Swp.Grains.Tests.Clients;

/// <summary>One call and what becomes of it while owners stop, die and keep silent.</summary>
public sealed class ClientCallTests
{
    private static readonly CallRequest Call = new() { Uuid = "u1", Data = JsonPayload.Parse("1"), Timeout = TimeSpan.FromSeconds(10) };

    private readonly HostileTimeProvider _time = new();
    private readonly FakeClientGrain _grain = new();
    private readonly FakePresence _presence = new();
    private readonly CancellationTokenSource _cancellation = new();

    [Fact]
    public async Task Answered_IsTheOutcome()
    {
        var call = Run();
        var first = await _grain.NextAsync();
        Assert.Equal(("request", Call with { Attempt = 1, WantsHere = true }), (first.Kind, first.Call));
        first.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task NotSent_IsAskedAgainUnderTheSameUuid_WithTheTimeThatIsLeft()
    {
        var call = Run();
        (await _grain.NextAsync()).End(CallOutcome.NotSent);
        var second = await AdvanceUntilNextAsync();
        Assert.Equal(("request", "u1"), (second.Kind, second.Call.Uuid));
        Assert.InRange(second.Call.Timeout, TimeSpan.FromSeconds(9.8), TimeSpan.FromSeconds(9.999));
        second.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task NotSentTillTheEnd_IsNotSent()
    {
        var call = Run();
        while (!call.IsCompleted)
        {
            await AdvanceUntilAskedOrOverAsync(call);
            if (_grain.Waiting > 0)
            {
                (await _grain.NextAsync()).End(CallOutcome.NotSent);
            }
        }

        var result = await call;
        Assert.Equal(CallOutcome.NotSent, result.Outcome);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(11), $"{result.Elapsed}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OwnerGone_TheNextOneContinuesIt(bool lost)
    {
        var call = Run();
        var first = await _grain.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        if (lost)
        {
            first.OwnerIsLost();
        }
        else
        {
            first.End(CallOutcome.LostInFlight, moved: true);
        }

        var next = await AdvanceUntilNextAsync();
        Assert.Equal(("continue", "u1"), (next.Kind, next.Call.Uuid));
        Assert.InRange(next.Continued!.Age, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2));
        Assert.InRange(next.Call.Timeout, TimeSpan.FromSeconds(8.8), TimeSpan.FromSeconds(9));

        // The one after that is gone as well, and so is the question.
        next.OwnerIsLost();
        next = await AdvanceUntilNextAsync();
        Assert.Equal("continue", next.Kind);
        next.Result.SetException(new GatewayTooBusyException("not here"));
        next = await AdvanceUntilNextAsync();
        Assert.Equal("continue", next.Kind);
        next.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task OwnerGone_TheNextOneKnowsThatItWasNeverSent_ItIsAskedAgain()
    {
        var call = Run();
        (await _grain.NextAsync()).OwnerIsLost();
        (await AdvanceUntilNextAsync()).End(CallOutcome.NotSent);
        var again = await AdvanceUntilNextAsync();
        Assert.Equal("request", again.Kind);
        again.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task OwnerGone_NobodyKnows_IsLost()
    {
        var call = Run();
        (await _grain.NextAsync()).OwnerIsLost();
        (await AdvanceUntilNextAsync()).End(CallOutcome.LostInFlight);
        Assert.Equal(CallOutcome.LostInFlight, (await call.DefaultTimeout()).Outcome);
        Assert.Equal(0, _grain.Waiting);
    }

    [Fact]
    public async Task SilentOwner_IsAskedWhatBecameOfIt_AndTheInquirysAnswerCounts()
    {
        var call = Run();
        await _grain.NextAsync();
        var inquiry = await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(500));
        Assert.Equal("continue", inquiry.Kind);
        Assert.InRange(inquiry.Continued!.Age, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
        inquiry.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task SilentOwner_OfAShortCall_IsAskedWhenHalfItsTimeIsOver()
    {
        var call = Run(Call with { Timeout = TimeSpan.FromSeconds(2) });
        await _grain.NextAsync();
        var inquiry = await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(100));
        Assert.InRange(inquiry.Continued!.Age, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.5));
        inquiry.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task SilentOwner_AnswersWhileAnInquiryFindsNothing_ItsAnswerCounts()
    {
        var call = Run();
        var first = await _grain.NextAsync();
        (await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(500))).End(CallOutcome.LostInFlight);
        first.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task SilentOwnerDies_WhileItsSuccessorWaitsForTheAnswer_TheInquiryGoesOn()
    {
        var call = Run();
        var first = await _grain.NextAsync();
        var inquiry = await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(500));
        first.OwnerIsLost();
        var another = await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(("continue", 3), (another.Kind, another.Call.Attempt));
        Assert.False(inquiry.CancellationToken.IsCancellationRequested);
        inquiry.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
        Assert.True(inquiry.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task SilentOwnersDie_OneInquiryAfterTheOther_NobodyIsAskedInHaste()
    {
        var call = Run(Call with { Timeout = TimeSpan.FromSeconds(60) });
        await _grain.NextAsync();
        var asked = 1;
        while (!call.IsCompleted)
        {
            await AdvanceUntilAskedOrOverAsync(call);
            if (_grain.Waiting > 0)
            {
                asked++;
                (await _grain.NextAsync()).OwnerIsLost();
            }
        }

        Assert.Equal(CallOutcome.LostInFlight, (await call).Outcome);
        Assert.InRange(asked, 10, 65);
    }

    [Fact]
    public async Task SilentOwner_OfAShortCall_ItsSuccessorsVerdictComesJustAfterTheTimeout_Counts()
    {
        var call = Run(Call with { Timeout = TimeSpan.FromSeconds(5) });
        await _grain.NextAsync();
        var inquiry = await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(100));
        var left = TimeSpan.FromSeconds(5.1) - inquiry.Continued!.Age;
        _time.Advance(left);
        inquiry.End(CallOutcome.TimedOut);
        Assert.Equal(CallOutcome.TimedOut, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task SilentOwnerDies_TheInquiryThatGoesOnIsNotDoubledAtOnce()
    {
        var call = Run();
        var first = await _grain.NextAsync();
        var inquiry = await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(100));
        first.OwnerIsLost();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _grain.Waiting);
        inquiry.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
        Assert.Equal(0, _grain.Waiting);
    }

    [Fact]
    public async Task CancelledByNobody_IsLost()
    {
        var call = Run();
        (await _grain.NextAsync()).End(CallOutcome.Cancelled);
        Assert.Equal(CallOutcome.LostInFlight, (await call.DefaultTimeout()).Outcome);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.6)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(60)]
    public async Task OwnerGotItLate_AndIsStillWaiting_IsAskedToEndIt(double seconds)
    {
        var call = Run(Call with { Timeout = TimeSpan.FromSeconds(seconds) });
        await EndsWhenItIsAskedToAsync(call, seconds);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.96)]
    [InlineData(0.99)]
    public async Task OwnerGone_AndTheNextOneIsSilent_IsAskedToEndIt(double lostAfter)
    {
        var call = Run(Call with { Timeout = TimeSpan.FromSeconds(1) });
        var first = await _grain.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(lostAfter));
        first.End(CallOutcome.LostInFlight, moved: true);
        await EndsWhenItIsAskedToAsync(call, seconds: 1);
    }

    [Fact]
    public async Task OwnerGone_WhenTheTimeIsOver_TheNextOneIsAskedToEndIt()
    {
        var call = Run(Call with { Timeout = TimeSpan.FromSeconds(0.4) });
        var first = await _grain.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(0.4));
        first.End(CallOutcome.LostInFlight, moved: true);
        await EndsWhenItIsAskedToAsync(call, seconds: 0.4);
    }

    [Fact]
    public async Task AskedToEndIt_KnowsNothing_TheFirstAnswerStillCounts()
    {
        var call = Run(Call with { Timeout = TimeSpan.FromSeconds(0.2) });
        var first = await _grain.NextAsync();
        var inquiry = await AdvanceUntilNextAsync();
        inquiry.End(CallOutcome.LostInFlight);
        first.End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NobodySaysAnything_IsLostHalfASecondAfterTheTimeout(bool oneWay)
    {
        var call = Run(oneWay: oneWay);
        Assert.Equal(oneWay ? "send" : "request", (await _grain.NextAsync()).Kind);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return call.IsCompleted;
        });

        var result = await call;
        Assert.Equal(CallOutcome.LostInFlight, result.Outcome);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        Assert.InRange(_grain.Waiting, 1, 3);
    }

    [Fact]
    public async Task WaitsForTheClient_AndIsAskedAgain_TheWaitGoesOn()
    {
        var call = Run(Call with { WaitForConnect = TimeSpan.FromSeconds(60) });
        _time.Advance(TimeSpan.FromSeconds(2));
        (await _grain.NextAsync()).End(CallOutcome.NotSent);
        var again = await AdvanceUntilNextAsync();
        Assert.InRange(again.Call.WaitForConnect, TimeSpan.FromSeconds(57), TimeSpan.FromSeconds(58));
        Assert.Equal(Call.Timeout, again.Call.Timeout);
        again.End(CallOutcome.Completed);
        await call.DefaultTimeout();
    }

    [Fact]
    public async Task CallerGivesUp_IsCancelled()
    {
        var call = Run();
        await _grain.NextAsync();
        await _cancellation.CancelAsync();
        Assert.Equal(CallOutcome.Cancelled, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task OwnerGone_ThenNoSiloIsLeft_IsLost()
    {
        var call = Run();
        (await _grain.NextAsync()).OwnerIsLost();
        (await AdvanceUntilNextAsync()).End(CallOutcome.LostInFlight, moved: true);
        var attempts = 2;
        while (!call.IsCompleted)
        {
            await AdvanceUntilAskedOrOverAsync(call);
            if (_grain.Waiting > 0)
            {
                var next = await _grain.NextAsync();
                Assert.Equal(("continue", ++attempts), (next.Kind, next.Call.Attempt));
                next.Result.SetException(new SocketException());
            }
        }

        // The first owner's message may still be carried out: that no silo can be reached now says nothing of it.
        Assert.Equal(CallOutcome.LostInFlight, (await call).Outcome);
    }

    [Fact]
    public async Task WhatNobodyExpected_IsNoExceptionToTheCaller()
    {
        var call = Run();
        (await _grain.NextAsync()).Result.SetException(new OperationCanceledException("a lookup"));
        (await AdvanceUntilNextAsync()).End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task NoSilo_IsSaidAfterTwoSeconds()
    {
        var call = Run();
        (await _grain.NextAsync()).Result.SetException(new SocketException());
        while (!call.IsCompleted)
        {
            (await AdvanceUntilNextAsync()).Result.SetException(new SocketException());
            await AdvanceUntilAskedOrOverAsync(call);
        }

        var result = await call;
        Assert.Equal(CallOutcome.ClusterUnavailable, result.Outcome);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task NoOwner_NothingIsSent_AndTheClusterIsUnavailable()
    {
        _presence.Any = false;
        var call = Run();
        await AdvanceUntilAskedOrOverAsync(call);
        Assert.Equal(0, _grain.Waiting);
        var result = await call;
        Assert.Equal(CallOutcome.ClusterUnavailable, result.Outcome);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task NoOwnerForAMoment_TheNewOneIsAsked()
    {
        _presence.Any = false;
        var call = Run();
        _time.Advance(TimeSpan.FromSeconds(1));
        _presence.Any = true;
        (await AdvanceUntilNextAsync()).End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task NoOwnerForAMoment_LateInALongCall_IsGivenTheSameTime()
    {
        var call = Run();
        _time.Advance(TimeSpan.FromSeconds(2.5));
        _presence.Any = false;
        (await _grain.NextAsync()).End(CallOutcome.NotSent);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            return _presence.Asked > 3 || call.IsCompleted;
        });
        Assert.False(call.IsCompleted);
        _presence.Any = true;
        (await AdvanceUntilNextAsync()).End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task NoOwnerTwice_EachTimeIsGivenItsOwnTime()
    {
        _presence.Any = false;
        var call = Run();
        _presence.Any = true;
        var first = await AdvanceUntilNextAsync();
        _time.Advance(TimeSpan.FromSeconds(2.5));
        _presence.Any = false;
        var asked = _presence.Asked;
        first.End(CallOutcome.NotSent);
        await Eventually.True(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            return _presence.Asked > asked + 2 || call.IsCompleted;
        });
        Assert.False(call.IsCompleted);
        _presence.Any = true;
        (await AdvanceUntilNextAsync()).End(CallOutcome.Completed);
        Assert.Equal(CallOutcome.Completed, (await call.DefaultTimeout()).Outcome);
    }

    [Fact]
    public async Task LostWithTheLastOwner_IsLost_NotUnavailable()
    {
        var call = Run();
        var first = await _grain.NextAsync();
        _presence.Any = false;
        first.OwnerIsLost();
        while (!call.IsCompleted)
        {
            await AdvanceUntilAskedOrOverAsync(call);
            if (_grain.Waiting > 0)
            {
                (await _grain.NextAsync()).Result.SetException(new OrleansException());
            }
        }

        Assert.Equal(CallOutcome.LostInFlight, (await call).Outcome);
    }

    private Task<CallResult> Run(CallRequest? call = null, bool oneWay = false) =>
        new ClientCall(_grain, new LocalWay(), call ?? Call, oneWay, _time, _presence, _cancellation.Token).RunAsync();

    /// <summary>Leaves every question unanswered but the last.</summary>
    private async Task EndsWhenItIsAskedToAsync(Task<CallResult> call, double seconds)
    {
        // In large steps at first: the last half second is what this is about.
        var started = _time.GetTimestamp();
        FakeClientGrain.GrainCall? asked = null;
        while (asked is not { Kind: "continue", Call.Timeout.Ticks: 0 })
        {
            asked = await AdvanceUntilNextAsync(TimeSpan.FromMilliseconds(_time.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds - 1) ? 50 : 5));
        }

        Assert.Equal(TimeSpan.Zero, asked.Call.WaitForConnect);
        Assert.False(call.IsCompleted);
        asked.End(CallOutcome.TimedOut);
        var result = await call.DefaultTimeout();
        Assert.Equal(CallOutcome.TimedOut, result.Outcome);
        Assert.InRange(result.Elapsed, TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(seconds + 0.5));
    }

    private Task AdvanceUntilAskedOrOverAsync(Task call) => Eventually.True(() =>
    {
        if (call.IsCompleted || _grain.Waiting > 0)
        {
            return true;
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        return false;
    });

    private async Task<FakeClientGrain.GrainCall> AdvanceUntilNextAsync(TimeSpan? step = null)
    {
        await Eventually.True(() =>
        {
            if (_grain.Waiting > 0)
            {
                return true;
            }

            _time.Advance(step ?? TimeSpan.FromMilliseconds(5));
            return false;
        });
        return await _grain.NextAsync();
    }
}
