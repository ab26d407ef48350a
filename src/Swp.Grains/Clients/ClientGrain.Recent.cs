using Swp.Cluster.Heartbeats;
using Swp.Clients;
using Swp.Grains.Promises;

namespace Swp.Grains.Clients;

/// <content>Calls that ended here lately: their callers may not know it, and attempts of theirs may still be under way.</content>
internal sealed partial class ClientGrain
{
    /// <summary>How long an ended call is remembered when no other follows: longer than a message that was given up stays under way.</summary>
    private static readonly TimeSpan CallMemory = TimeSpan.FromSeconds(60);

    private Forgetting? _forgetting;
    private bool _hasForgotten;

    /// <summary>Since when this activation knows of every call that ended in it, in uptime.</summary>
    private TimeSpan CallsKnownSince => _recent?.CompleteSince ?? _callsKnownSince;

    /// <summary>The outcome of a call that has ended here, or that a later attempt has overtaken; <see langword="null"/> when it is to be made.</summary>
    private CallResult? FindEnded(CallRequest request)
    {
        if (request.Uuid is not { } uuid || _recent?.TryFind(uuid, out var ended) != true)
        {
            return null;
        }

        return ended is { Result.Outcome: CallOutcome.NotSent } && request.Attempt > ended.Attempt ? null : ended.Result ?? Lost(moved: false);
    }

    private CallResult Conclude(string? uuid, int attempt, CallResult result)
    {
        result = Describe(result);
        if (uuid is not null && !result.Moved && _session.IsKnown && !_hasForgotten)
        {
            (_recent ??= new RecentCalls(_callsKnownSince)).Add(uuid, attempt, result, HeartbeatClock.Now(services.Time));
            if (_forgetting is null)
            {
                _forgetting = new Forgetting(this);
                services.Deadlines.Arm(_forgetting, CallMemory);
            }
        }

        return result;
    }

    // An idempotent call's caller asks again, and must not be told that what has gone out from here, and has no end here, was never sent.
    private void LoseTrack()
    {
        _callsKnownSince = HeartbeatClock.Now(services.Time);
        _recent?.LoseTrack(_callsKnownSince);
    }

    // A client that is called all the time replaces its memory by itself; this one is about those that are not called any more.
    private void ForgetCalls()
    {
        if (_recent is { } recent)
        {
            var now = HeartbeatClock.Now(services.Time);
            if (now - recent.LastAt < CallMemory)
            {
                services.Deadlines.Arm(_forgetting!, CallMemory);
                return;
            }

            _callsKnownSince = Longer(recent.LastAt, recent.CompleteSince);
        }

        (_recent, _forgetting) = (null, null);
    }

    // The activation ends: nothing of it may stay on the wheel.
    private void ForgetNow()
    {
        _hasForgotten = true;
        if (_forgetting is { } forgetting)
        {
            services.Deadlines.Disarm(forgetting);
        }

        if (_resumed is { } resumed)
        {
            services.Deadlines.Disarm(resumed);
        }
    }

    private sealed class Forgetting(ClientGrain grain) : Deadline
    {
        // In a turn of the activation, which alone touches what is forgotten.
        public override void Expire() =>
            _ = Task.Factory.StartNew(static grain => ((ClientGrain)grain!).ForgetCalls(), grain, CancellationToken.None, TaskCreationOptions.None, grain._activation);
    }
}
