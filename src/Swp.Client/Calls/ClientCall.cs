using Orleans.Runtime;
using Swp.Clients;
using Swp.Relay;

namespace Swp.Client.Calls;

/// <summary>
/// One call across its attempts: the first owner that is asked may be stopping, lost or silent. What was certainly not sent is asked again; what may
/// have been sent is continued at the client's next owner, under the same uuid; all within the call's own time.
/// </summary>
internal sealed class ClientCall(IClientGrain grain, LocalWay here, CallRequest call, bool oneWay, TimeProvider time, IOwnerPresence? owners, CancellationToken cancellationToken)
{
    /// <summary>
    /// How long past a call's own deadline the owner's verdict is waited for. An external Orleans client is not told when a silo dies, so the
    /// deadline is kept here too. Half of the second that a call may take beyond its time-out.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long an owner may be silent before it is asked what became of the call, if that is not half of the call's time already; doubled each time.
    /// Nearly every call is answered by then, and an external client has no other way to learn that the owner is gone.
    /// </summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(3);

    /// <summary>An owner is not asked sooner, however short the call's time is.</summary>
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a silo is looked for that can serve the client: while members come and go, one does not see all of them for a moment.</summary>
    private static readonly TimeSpan SiloPatience = TimeSpan.FromSeconds(2);

    /// <summary>How much longer a first answer is waited for when an inquiry finds nothing: the two may have crossed.</summary>
    private static readonly TimeSpan Crossing = TimeSpan.FromSeconds(1);

    /// <summary>As good as none: a timer's resolution.</summary>
    private static readonly TimeSpan NoTime = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private readonly DateTimeOffset _madeAt = time.GetUtcNow();
    private CancellationTokenSource? _ending;
    private int _attempts;

    // An attempt was given up whose message may still be carried out, and no owner has answered a later one, which would rule that out.
    private bool _inDoubt;

    // Since when no silo is found.
    private TimeSpan? _unservedSince;

    private CancellationToken Ending => (_ending ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken)).Token;

    private TimeSpan FirstInquiry => Longer(ShortestSilence, Shorter(LongestSilence, (call.WaitForConnect + call.Timeout) / 2));

    private TimeSpan Elapsed => time.GetElapsedTime(_started);

    private TimeSpan Left => call.WaitForConnect + call.Timeout - Elapsed;

    /// <summary>Makes the call.</summary>
    public async Task<CallResult> RunAsync()
    {
        try
        {
            var step = NextStep.Ask;
            for (var pause = FirstPause; ; pause = Shorter(pause * 2, LongestPause))
            {
                var verdict = await WatchAsync(step == NextStep.Ask ? AskAsync() : ContinueAsync(cancellationToken));
                if (verdict.Next == NextStep.Continue && Left <= FirstPause)
                {
                    verdict = await EndAsync([ContinueAsync(Ending)], Ending);
                }

                if (verdict.Next == NextStep.None || Left <= FirstPause)
                {
                    return verdict.Result with { Elapsed = Elapsed };
                }

                // Jitter: those who lost the same owner do not come back in step.
                await Task.Delay(Shorter(pause, Left / 2) * (0.5 + (Random.Shared.NextDouble() / 2)), time, cancellationToken);
                step = verdict.Next;
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return Outcome(CallOutcome.Cancelled, "The caller gave up.");
        }
        finally
        {
            if (_ending is { } ending)
            {
                // An inquiry that is still under way must not be carried out once the call has its outcome.
                await ending.CancelAsync();
                ending.Dispose();
            }
        }
    }

    private async Task<Verdict> AskAsync()
    {
        if (owners is { Any: false })
        {
            // The last one may still take the request to its grave, and nobody could say then that it was not sent.
            return Failed(CallOutcome.ClusterUnavailable, "No silo serves clients.");
        }

        var request = Attempt(wantsHere: true);
        try
        {
            return After(await here.CallAsync(grain, request, oneWay, cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = CallFailure.Classify(e);
            _inDoubt |= failure.Outcome == CallOutcome.LostInFlight;
            return Failed(failure.Outcome, failure.Message);
        }
    }

    // Whatever is true of this attempt, an earlier one may have left for the client.
    private Verdict Failed(CallOutcome outcome, string message)
    {
        if (_inDoubt)
        {
            return new Verdict(Outcome(CallOutcome.LostInFlight, message), NextStep.Continue);
        }

        _unservedSince = outcome == CallOutcome.ClusterUnavailable ? _unservedSince ?? Elapsed : null;
        var goesOn = outcome == CallOutcome.NotSent || Elapsed - _unservedSince < SiloPatience;
        return new Verdict(Outcome(outcome, message), goesOn ? NextStep.Ask : NextStep.None);
    }

    private CallRequest Attempt(bool wantsHere = false) => call with
    {
        WaitForConnect = Longer(call.WaitForConnect - Elapsed, TimeSpan.Zero),
        Timeout = Longer(Shorter(call.Timeout, Left), TimeSpan.Zero),
        Attempt = ++_attempts,
        WantsHere = wantsHere,
    };

    private async Task<Verdict> ContinueAsync(CancellationToken ending)
    {
        _inDoubt = true;
        var request = new ContinueRequest
        {
            Call = Attempt(),
            OneWay = oneWay,
            Age = Elapsed,
            MadeAt = _madeAt,
        };
        try
        {
            return After(await grain.ContinueAsync(request, ending));
        }
        catch (Exception) when (!ending.IsCancellationRequested)
        {
            // Whatever failed was the question. What became of the call is as unknown as before.
            return new Verdict(Lost(), NextStep.Continue);
        }
    }

    private Verdict After(CallResult result)
    {
        // An owner has answered: it carries out no earlier attempt any more.
        _inDoubt = result.Moved;
        _unservedSince = null;
        if (result.Outcome == CallOutcome.Cancelled && !cancellationToken.IsCancellationRequested)
        {
            // Not by this caller: the cluster has given up an attempt of it.
            return new Verdict(Lost(), NextStep.None);
        }

        return new Verdict(result, result switch
        {
            { Outcome: CallOutcome.NotSent } => NextStep.Ask,
            { Moved: true } => NextStep.Continue,
            _ => NextStep.None,
        });
    }

    /// <summary>Waits for an attempt's verdict, and inquires when its owner is silent for long.</summary>
    private async Task<Verdict> WatchAsync(Task<Verdict> attempt)
    {
        if (await FinishesWithinAsync(attempt, Shorter(FirstInquiry, Left)))
        {
            return await attempt;
        }

        return await InquireAsync(attempt, Ending);
    }

    private async Task<Verdict> InquireAsync(Task<Verdict> attempt, CancellationToken ending)
    {
        // The time doubles, so there are few: seven in the longest call.
        var inquiries = new List<Task<Verdict>>();
        for (var patience = FirstInquiry; Left > NoTime; patience *= 2)
        {
            Inquire(inquiries, ending);
            var asked = time.GetTimestamp();
            while (await FirstWithinAsync([attempt, .. inquiries], Shorter(patience - time.GetElapsedTime(asked), Left)) is { } answered)
            {
                var verdict = await answered;
                if (answered == attempt && verdict.Next == NextStep.Continue)
                {
                    if (inquiries.Find(task => !task.IsCompleted) is not { } pending)
                    {
                        return verdict;
                    }

                    // Its owner is gone. Who was asked meanwhile may have taken the call up already.
                    attempt = pending;
                    inquiries.Remove(pending);
                    continue;
                }

                if (answered == attempt || verdict.Result.Outcome != CallOutcome.LostInFlight || await FinishesWithinAsync(attempt, Crossing))
                {
                    return attempt.IsCompleted ? await attempt : verdict;
                }

                if (verdict.Next == NextStep.None)
                {
                    return verdict;
                }

                // It found nobody to ask: that was no inquiry, and is made up for at once.
                inquiries.Remove(answered);
                patience /= 2;
                break;
            }
        }

        return await EndAsync([attempt, .. inquiries], ending);
    }

    /// <summary>The time is over, and whoever was asked is about to say so; or got the call so late that it believes in more time than there is.</summary>
    private async Task<Verdict> EndAsync(List<Task<Verdict>> asked, CancellationToken ending)
    {
        if (await FirstVerdictAsync(asked, Left + (Grace / 2)) is { } verdict)
        {
            return verdict;
        }

        // Asked with no time left an owner says how the call ends, and sends nothing any more.
        Inquire(asked, ending);
        return await FirstVerdictAsync(asked, Left + Grace) ?? new Verdict(Lost(), NextStep.None);
    }

    /// <summary>The first that says what became of the call; one that only knows that it is lost is waited with for the others.</summary>
    private async Task<Verdict?> FirstVerdictAsync(List<Task<Verdict>> asked, TimeSpan patience)
    {
        Verdict? lost = null;
        var started = time.GetTimestamp();
        while (asked.Count > 0 && await FirstWithinAsync(asked, patience - time.GetElapsedTime(started)) is { } answered)
        {
            var verdict = await answered;
            if (verdict.Result.Outcome != CallOutcome.LostInFlight)
            {
                return verdict;
            }

            asked.Remove(answered);
            lost = verdict.Next == NextStep.None ? verdict : lost;
        }

        return lost;
    }

    private void Inquire(List<Task<Verdict>> inquiries, CancellationToken ending)
    {
        var inquiry = ContinueAsync(ending);
        inquiry.Ignore();
        inquiries.Add(inquiry);
    }

    /// <summary>The first of them to finish; <see langword="null"/> when none does within the time.</summary>
    private async Task<Task<Verdict>?> FirstWithinAsync(List<Task<Verdict>> asked, TimeSpan patience)
    {
        var first = Task.WhenAny(asked);
        return await FinishesWithinAsync(first, patience) ? await first : null;
    }

    /// <summary>Whether a task finishes within a time, and within the call's.</summary>
    private async Task<bool> FinishesWithinAsync(Task task, TimeSpan patience)
    {
        var limit = Shorter(patience, Left + Grace);
        if (limit > TimeSpan.Zero)
        {
            try
            {
                await task.WaitAsync(limit, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                // The time is over. No attempt throws this: it is one of its verdicts.
            }
        }

        return task.IsCompleted;
    }

    private CallResult Lost() => Outcome(CallOutcome.LostInFlight, "The client's owner was lost, or did not answer in time.");

    private CallResult Outcome(CallOutcome outcome, string message) => new() { Outcome = outcome, Message = message, Elapsed = Elapsed };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
