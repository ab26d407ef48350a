using Swp.Chaos.Checking;
using Swp.Chaos.Clients;
using Swp.Chaos.Logs;

namespace Swp.Chaos.Tests.Checking;

/// <summary>The checker on logs that were tampered with: each finds what was done, and nothing else.</summary>
public sealed class CheckerTests
{
    private readonly TestLog _log = TestLog.Clean();

    [Fact]
    public void Check_Clean_FindsNothing() => Assert.Empty(Checker.Check(_log.Close()));

    // ---- One outcome, in time ---------------------------------------------------------------------------------------------------------

    [Fact]
    public void Check_CallWithoutOutcome_IsHung()
    {
        _log.Ends.RemoveAll(end => end.Number == 1);
        Finds("call 1 has no outcome", ViolationKind.Hung, call: 1);
    }

    [Fact]
    public void Check_CallThatMayStillEnd_IsNotHung()
    {
        _log.Call(99, "c1", 296);
        _log.Receive(99, "c1", 2, 296.1);
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Fact]
    public void Check_OutcomeAfterTheDeadline_IsHung()
    {
        MoveEnd(3, 16.1);
        Finds("call 3 ended 1.10 s after its deadline", ViolationKind.Hung, call: 3);
    }

    [Fact]
    public void Check_OutcomeThatTheHarnessSawLate_IsNot()
    {
        MoveEnd(3, 16.1);
        _log.Stalls.Add(new Period(TestLog.Seconds(15), TestLog.Seconds(15.5)));
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Fact]
    public void Check_OutcomeThatAHungEntryToldLate_IsNot()
    {
        ReplaceEnd(7, end => end with { Outcome = "not_connected", At = TestLog.Seconds(108) });
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Fact]
    public void Check_TwoOutcomes_IsWrong()
    {
        _log.End(1, "timed_out", 11);
        Finds("call 1 has 2 outcomes", ViolationKind.Wrong, call: 1);
    }

    [Theory]
    [InlineData("http_500")]
    [InlineData("threw TimeoutException")]
    public void Check_WhatIsNoOutcome_IsWrong(string outcome)
    {
        ReplaceEnd(6, end => end with { Outcome = outcome });
        Finds($"call 6 ended as '{outcome}', which is no outcome", ViolationKind.Wrong, call: 6);
    }

    [Fact]
    public void Check_EntryLostAtAGatewayWithoutAFault_IsWrong()
    {
        _log.Calls[_log.Calls.FindIndex(call => call.Number == 7)] = _log.Calls.Single(call => call.Number == 7) with { Entry = "gateway2" };
        Finds("call 7 lost its entry gateway2, which was under no fault: ", ViolationKind.Wrong, call: 7);
    }

    [Fact]
    public void Check_EntryLostLateAtAGatewayUnderAFault_IsNot()
    {
        MoveEnd(7, 108);
        Assert.Empty(Checker.Check(_log.Close()));
    }

    // ---- Completed is true ------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Check_CompletedAndNobodyAnswered_IsWrong()
    {
        _log.Events.RemoveAll(seen => seen.Kind == ClientEventKind.Answered && seen.Number == 1);
        Finds("call 1 was completed and nobody has answered it", ViolationKind.Wrong, call: 1);
    }

    [Fact]
    public void Check_CompletedBeforeTheAnswer_IsWrong()
    {
        Replace(ClientEventKind.Answered, 1, seen => seen with { At = TestLog.Seconds(10.3) });
        Finds("call 1 was completed and nobody has answered it", ViolationKind.Wrong, call: 1);
    }

    [Fact]
    public void Check_CompletedWithOtherData_IsWrong()
    {
        ReplaceEnd(1, end => end with { Data = TestLog.AnswerOf(8, "c1", 2) });
        Finds("call 1 was completed with another answer than the client gave", ViolationKind.Wrong, call: 1);
    }

    [Fact]
    public void Check_CompletedUnderAnotherUuid_IsWrong()
    {
        ReplaceEnd(1, end => end with { Uuid = "u8" });
        Finds("call 1 was completed with another answer than the client gave", ViolationKind.Wrong, call: 1);
    }

    [Fact]
    public void Check_CompletedByASecondAnswer_IsWrong()
    {
        _log.Answer(1, "c1", 1, 10.15, data: "again");
        ReplaceEnd(1, end => end with { Data = "again" });
        Finds("call 1 was completed by a second answer", ViolationKind.Wrong, call: 1);
    }

    // ---- Never left for the client ----------------------------------------------------------------------------------------------------

    [Theory]
    [InlineData("not_sent")]
    [InlineData("not_connected")]
    [InlineData("unknown_client")]
    [InlineData("unknown_type")]
    [InlineData("too_many_pending")]
    [InlineData("payload_too_large")]
    [InlineData("banned")]
    [InlineData("cluster_unavailable")]
    public void Check_UnsentAndSeen_IsWrong(string outcome)
    {
        ReplaceEnd(4, end => end with { Outcome = outcome });
        Finds($"call 4 ended as {outcome} and the client saw it", ViolationKind.Wrong, call: 4);
    }

    [Fact]
    public void Check_UnsentAndSeenLater_IsWrong()
    {
        _log.Receive(6, "c1", 2, 120);
        Finds("call 6 ended as not_connected and the client saw it", ViolationKind.Wrong, call: 6);
    }

    // ---- Seen as it was made ----------------------------------------------------------------------------------------------------------

    [Fact]
    public void Check_NotIdempotentAndSeenTwice_IsWrong()
    {
        _log.Receive(4, "c1", 2, 101.5);
        Finds("call 4 is not idempotent and was seen 2 times", ViolationKind.Wrong, call: 4);
    }

    [Fact]
    public void Check_IdempotentUnderTwoUuids_IsWrong()
    {
        Replace(ClientEventKind.Received, 5, seen => seen.Connection == 1 ? seen with { Uuid = "another" } : seen);
        Finds("call 5 was seen under several uuids", ViolationKind.Wrong, call: 5);
    }

    [Fact]
    public void Check_SeenByAnotherClient_IsWrong()
    {
        Replace(ClientEventKind.Received, 4, seen => seen with { Client = "c2" });
        Finds("c2 saw call 4, which was for c1", ViolationKind.Wrong, call: 4);
    }

    [Fact]
    public void Check_SeenWithAnotherPayload_IsWrong()
    {
        Replace(ClientEventKind.Received, 4, seen => seen with { Data = "{}" });
        Finds("c1 saw call 4 with another payload", ViolationKind.Wrong, call: 4);
    }

    [Fact]
    public void Check_SeenAndNeverMade_IsWrong()
    {
        _log.Receive(77, "c1", 2, 150);
        Finds("c1 saw call 77, which nobody made", ViolationKind.Wrong, call: 77);
    }

    // ---- Superseded connections -------------------------------------------------------------------------------------------------------

    [Fact]
    public void Check_CompletedByASupersededConnection_IsWrong()
    {
        _log.Answer(5, "c1", 1, 101.1);
        ReplaceEnd(5, end => end with { Data = TestLog.AnswerOf(5, "c1", 1) });
        Finds("call 5 was completed by connection 1, which had been superseded", ViolationKind.Wrong, call: 5);
    }

    [Fact]
    public void Check_CompletedByAnAnswerSentBeforeTheTakeover_IsNot()
    {
        _log.Answer(5, "c1", 1, 99.9);
        ReplaceEnd(5, end => end with { Data = TestLog.AnswerOf(5, "c1", 1) });
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Fact]
    public void Check_CompletedWhileTwoConnectionsOpenSideBySide_IsNot()
    {
        // Which of the two is the newer cannot be told from outside.
        Replace(ClientEventKind.Opening, null, seen => seen is { Client: "c1", Connection: 2 } ? seen with { At = TestLog.Seconds(0.95) } : seen);
        _log.Answer(5, "c1", 1, 101.1);
        ReplaceEnd(5, end => end with { Data = TestLog.AnswerOf(5, "c1", 1) });
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Theory]
    [InlineData(100.05, true)]
    [InlineData(0.95, true)]
    [InlineData(0.5, false)]
    [InlineData(100.5, false)]
    public void Check_ClosedAsSuperseded_IsWrongWithoutANewerOne(double other, bool isRight)
    {
        Replace(ClientEventKind.Closed, null, seen => seen with { CloseCode = 4502 });
        _log.Open("c1", 3, other);
        if (isRight)
        {
            Assert.Empty(Checker.Check(_log.Close()));
        }
        else
        {
            Finds("connection 1 was closed as superseded, and there was no newer one", ViolationKind.Wrong);
        }
    }

    [Theory]
    [InlineData(180, true)]
    [InlineData(100, false)]
    public void Check_ClosedAsSuperseded_AnOpenThatWasNeverAnsweredIsNoNewerOneForEver(double other, bool isRight)
    {
        _log.Open("c2", 2, other);
        _log.Events.RemoveAll(seen => seen is { Client: "c2", Connection: 2, Kind: ClientEventKind.Opened });
        _log.Open("c2", 3, 200);
        _log.Close("c2", 3, 210);
        Replace(ClientEventKind.Closed, null, seen => seen with { CloseCode = 4502 });
        Assert.Equal(isRight, !Checker.Check(_log.Close()).Any(violation => violation.Text.StartsWith("connection 3 was closed as superseded", StringComparison.Ordinal)));
    }

    // ---- Queries ----------------------------------------------------------------------------------------------------------------------

    [Fact]
    public void Check_QueryWithoutAnswer_IsWrong()
    {
        _log.Ask("c2", 1, 3, 60);
        Finds("query 3 of c2, connection 1, was never answered", ViolationKind.Wrong);
    }

    [Fact]
    public void Check_QueryWithoutAnswerOnAConnectionThatEnds_IsNot()
    {
        _log.Ask("c1", 1, 2, 99.8);
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Fact]
    public void Check_QueryAnsweredTwice_IsWrong()
    {
        _log.Reply("c2", 1, 2, 41);
        Finds("query 2 of c2, connection 1, was answered twice, or never asked", ViolationKind.Wrong);
    }

    [Fact]
    public void Check_QueriesAnsweredOutOfOrder_IsWrong()
    {
        _log.Ask("c2", 1, 3, 60);
        _log.Ask("c2", 1, 4, 60.1);
        _log.Reply("c2", 1, 4, 60.2);
        _log.Reply("c2", 1, 3, 60.3);
        Finds("query 3 of c2, connection 1, was answered after query 4", ViolationKind.Wrong);
    }

    [Fact]
    public void Check_QueryWithAnotherEcho_IsWrong()
    {
        _log.Ask("c2", 1, 3, 60);
        _log.Reply("c2", 1, 3, 60.1, data: "query 2");
        Finds("query 3 of c2, connection 1, was answered with something else than its echo", ViolationKind.Wrong);
    }

    // ---- Processes, quiet times, faults ------------------------------------------------------------------------------------------------

    [Fact]
    public void Check_MemberThatEndsByItself_IsUnplanned()
    {
        _log.MemberEnds.Add(new MemberEnd("silo1", TestLog.Seconds(105), 134, Planned: false));
        Finds("silo1 ended with code 134, which nobody had planned", ViolationKind.Unplanned);
    }

    [Fact]
    public void Check_TimedOutAlthoughItWasAnswered_IsWrong()
    {
        _log.Call(99, "c2", 200);
        _log.Receive(99, "c2", 1, 200.1);
        _log.Answer(99, "c2", 1, 200.1);
        _log.End(99, "timed_out", 205);
        Finds("call 99 ended as timed_out although nothing was wrong: ", ViolationKind.Wrong, call: 99);
    }

    [Theory]
    [InlineData("lost_in_flight", true)]
    [InlineData("timed_out", true)]
    [InlineData("not_sent", false)]
    [InlineData("not_connected", false)]
    [InlineData("cluster_unavailable", false)]
    public void Check_FailureWhileNothingIsWrong_IsWrong(string outcome, bool seen)
    {
        Failed(99, outcome, 200, seen);
        Finds($"call 99 ended as {outcome} although nothing was wrong: ", ViolationKind.Wrong, call: 99);
    }

    [Fact]
    public void Check_TimedOutBecauseTheAnswerTookLongerThanTheCall_IsNot()
    {
        // The client was connected: its time began at once.
        _log.Call(99, "c2", 200, timeout: 2, script: new Script(ScriptAct.Delay, TestLog.Seconds(2.5)), waitForConnect: 3);
        _log.Receive(99, "c2", 1, 200.1);
        _log.End(99, "timed_out", 202);
        _log.Answer(99, "c2", 1, 202.6);
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Fact]
    public void Check_ShortestTimeOutThatRunsOut_IsNot()
    {
        _log.Call(99, "c2", 200, timeout: 1);
        _log.Receive(99, "c2", 1, 200.9);
        _log.Answer(99, "c2", 1, 200.9);
        _log.End(99, "timed_out", 201);
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(0.6, true)]
    public void Check_FailureWhileTheHarnessStoodStill_IsNotWhenItWasForLong(double seconds, bool excused)
    {
        Failed(99, "timed_out", 200, seen: true);
        _log.Stalls.Add(new Period(TestLog.Seconds(198), TestLog.Seconds(198 + seconds)));
        Assert.Equal(excused, Checker.Check(_log.Close()).Count == 0);
    }

    [Fact]
    public void Check_FailureRightAfterAFault_IsNot()
    {
        Failed(99, "not_sent", 114.5, seen: false);
        Assert.Empty(Checker.Check(_log.Close()));
    }

    [Fact]
    public void Check_FailureWhileAFaultDisturbsSomebodyElse_IsWrong()
    {
        _log.Faults[0] = _log.Faults[0] with { Disturbed = new HashSet<string> { "c1" }, Outages = _log.Faults[0].Outages };
        _log.Ends.RemoveAll(end => end.Number == 7);
        _log.Calls.RemoveAll(call => call.Number == 7);
        Failed(99, "not_sent", 105, seen: false);
        Finds("call 99 ended as not_sent although nothing was wrong: ", ViolationKind.Wrong, call: 99);
    }

    [Theory]
    [InlineData("gateway2", true)]
    [InlineData("gateway1", false)]
    public void Check_FailureOfACallThatEnteredWhereAFaultDisturbs_IsNot(string disturbed, bool excused)
    {
        _log.Faults[0] = _log.Faults[0] with { Disturbed = new HashSet<string> { "c1" }, DisturbedEntries = new HashSet<string> { disturbed } };
        Failed(99, "not_sent", 105, seen: false);
        Assert.Equal(excused, !Checker.Check(_log.Close()).Any(violation => violation.Call == 99));
    }

    [Fact]
    public void Check_ConnectionThatEndsWhereOnlyCallsAreDisturbed_IsWrong()
    {
        _log.Faults[0] = _log.Faults[0] with { Disturbed = new HashSet<string> { "c1" }, DisturbedEntries = new HashSet<string> { "gateway1", "gateway2" } };
        _log.Close("c2", 1, 105);
        Finds("c2's connection 1 at  ended with code 1006 although nothing was wrong", ViolationKind.Wrong);
    }

    [Fact]
    public void Check_ConnectionThatEndsWhileNothingIsWrong_IsWrong()
    {
        _log.Close("c2", 1, 200);
        Finds("c2's connection 1 at  ended with code 1006 although nothing was wrong", ViolationKind.Wrong);
    }

    [Fact]
    public void Check_LostAlthoughMembersWereOnlyAskedToGo_IsWrong()
    {
        _log.Faults[0] = _log.Faults[0] with { Graceful = true };
        Finds("call 4 ended as lost_in_flight although members were only asked to go", ViolationKind.Wrong, call: 4);
    }

    [Theory]
    [InlineData(99.4, true)]
    [InlineData(99.6, false)]
    public void Check_LostOfWhatAFaultHadHeldUpBefore_IsNot(double over, bool isWrong)
    {
        _log.Faults[0] = _log.Faults[0] with { Graceful = true };
        _log.Faults.Add(_log.Faults[0] with { Graceful = false, Start = TestLog.Seconds(90), Disturbance = new Period(TestLog.Seconds(90), TestLog.Seconds(over)) });
        Assert.Equal(isWrong, Checker.Check(_log.Close()).Any(violation => violation.Call == 4));
    }

    [Fact]
    public void Check_FaultThatDidNotComeOut_IsWrong()
    {
        _log.Faults[0] = _log.Faults[0] with { Failures = ["silo1 runs on"] };
        Finds("gateway-kill gateway1: silo1 runs on", ViolationKind.Wrong);
    }

    [Fact]
    public void Story_OfACall_TellsItsWholeLife()
    {
        MoveEnd(4, 106);
        _log.Ends.RemoveAll(end => end.Number == 4);
        var log = _log.Close();

        var story = Checker.Story(Assert.Single(Checker.Check(log)), log);

        Assert.Contains(story, line => line.Contains("call 4 to c1 by gateway2", StringComparison.Ordinal));
        Assert.Contains(story, line => line.Contains("c1#1 Received", StringComparison.Ordinal));
        Assert.Contains(story, line => line.Contains("c1#1 Closed", StringComparison.Ordinal));
        Assert.Contains(story, line => line.Contains("gateway-kill gateway1", StringComparison.Ordinal));
        Assert.DoesNotContain(story, line => line.Contains("c2", StringComparison.Ordinal));
    }

    private void Finds(string text, ViolationKind kind, long? call = null)
    {
        var violation = Assert.Single(Checker.Check(_log.Close()));
        Assert.Equal((text, kind, call), (violation.Text, violation.Kind, violation.Call));
    }

    private void Failed(long call, string outcome, double at, bool seen)
    {
        _log.Call(call, "c2", at);
        if (seen)
        {
            _log.Receive(call, "c2", 1, at + 0.1);
        }

        _log.End(call, outcome, at + 0.2);
    }

    private void MoveEnd(long call, double at) => ReplaceEnd(call, end => end with { At = TestLog.Seconds(at) });

    private void ReplaceEnd(long call, Func<CallEnd, CallEnd> with)
    {
        var index = _log.Ends.FindIndex(end => end.Number == call);
        _log.Ends[index] = with(_log.Ends[index]);
    }

    private void Replace(ClientEventKind kind, long? number, Func<ClientEvent, ClientEvent> with)
    {
        for (var index = 0; index < _log.Events.Count; index++)
        {
            if (_log.Events[index].Kind == kind && _log.Events[index].Number == number)
            {
                _log.Events[index] = with(_log.Events[index]);
            }
        }
    }
}
