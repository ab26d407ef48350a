using Swp.Gateway.Relay;
using Swp.Relay;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Relay;

public sealed class RequestBookTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly HostileTimeProvider _time = new();
    private readonly RequestBook _book;

    public RequestBookTests() => _book = new RequestBook(_time);

    [Fact]
    public void Untouched_HasNothingToTell() => Assert.Same(RequestLedger.Empty, _book.ToLedger());

    [Fact]
    public void AnswerThatWasNotAskedFor_IsNotRemembered()
    {
        _book.Answer("x", 1);
        _book.Acknowledge("x", 1);
        Assert.Same(RequestLedger.Empty, _book.ToLedger());
    }

    [Fact]
    public void SecondAnswer_DoesNotTakeTheFirstOnesPlace()
    {
        _book.Add("r", Minute);
        _book.Answer("r", 5);
        _book.Answer("r", 9);
        _book.Acknowledge("r", 9);
        Assert.Equal(["r"], _book.ToLedger().Open);
        _book.Acknowledge("r", 5);
        Assert.Empty(_book.ToLedger().Open);
    }

    [Fact]
    public void SixtyFiveAnswered_TheBookIsCompleteOnlySinceTheForgottenOne()
    {
        for (var number = 0; number < 65; number++)
        {
            _book.AddMessage($"{number}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var ledger = _book.ToLedger();
        Assert.Equal(64, ledger.Done.Length);
        Assert.DoesNotContain(RequestLedger.HashOf("0"), ledger.Done);
        Assert.Equal(TimeSpan.FromSeconds(65), ledger.CompleteFor);
    }

    [Fact]
    public void AnOpenOneIsForgotten_AndThenAnOlderAnsweredOne_TheBookIsNoMoreCompleteForThat()
    {
        for (var number = 0; number < 64; number++)
        {
            _book.AddMessage($"message {number}");
        }

        _time.Advance(TimeSpan.FromSeconds(100));
        for (var number = 0; number <= 512; number++)
        {
            _book.Add($"{number}", Minute);
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        _book.AddMessage("one more");
        Assert.Equal(TimeSpan.FromSeconds(1), _book.ToLedger().CompleteFor);
    }

    [Fact]
    public void WhatNobodyWaitsForAnyMore_IsStillKnownToHaveBeenSent()
    {
        _book.Add("short", TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_book.HasOpen);
        Assert.Empty(_book.ToLedger().Open);
        Assert.Equal([RequestLedger.HashOf("short")], _book.ToLedger().Done);
    }

    [Fact]
    public void WhatIsNotPassedOnYet_IsToldAsWell()
    {
        var ledger = _book.ToLedger(
        [
            new ClientboundFrame { Kind = ClientboundKind.Request, Uuid = "request", Code = "0" },
            new ClientboundFrame { Kind = ClientboundKind.Message, Uuid = "message", Code = "0" },
            new ClientboundFrame { Kind = ClientboundKind.Answer, Uuid = "answer", Code = "0" },
        ]);
        Assert.Equal(["request"], ledger.Open);
        Assert.Equal([RequestLedger.HashOf("message")], ledger.Done);
    }

    [Fact]
    public void FiveHundredTwelveOpen_ThoseNobodyWaitsForGoFirst()
    {
        _book.Add("short", TimeSpan.FromSeconds(1));
        for (var number = 0; number < 511; number++)
        {
            _book.Add($"{number}", Minute);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        _book.Add("one more", Minute);
        Assert.Equal(512, _book.ToLedger().Open.Length);
        Assert.Null(_book.ToLedger().CompleteFor);

        _book.Add("too many", Minute);
        Assert.Equal(512, _book.ToLedger().Open.Length);
        Assert.NotNull(_book.ToLedger().CompleteFor);
    }
}
