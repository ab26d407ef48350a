using System.Diagnostics;
using Swp.Clients;
using Swp.Diagnostics;
using Swp.Relay;

namespace Swp.Gateway.Diagnostics;

/// <summary>
/// The sampled requests that one client has been given, each a span until it answers. Guarded by its relay's lock, made with the first one, and bounded:
/// a client may owe so many answers.
/// </summary>
internal sealed class DeliverySpans(ClientKey client, TimeProvider time)
{
    private const int MaxOpen = 512;

    private readonly Dictionary<string, (Activity Span, long At, TimeSpan Patience)> _open = new(StringComparer.Ordinal);

    public int Count => _open.Count;

    /// <summary>The client is given a request, or a message, which wants no answer.</summary>
    public void Begin(in ClientboundFrame frame)
    {
        // Whoever hands the frame over belongs to no call, and goes on without one.
        var before = Activity.Current;
        var isMessage = frame.Kind == ClientboundKind.Message;
        var span = CallSpans.StartAtGateway(frame.Trace, client, frame.Uuid, isMessage);
        Activity.Current = before;
        if (span is null)
        {
            return;
        }

        if (isMessage || frame.Uuid is not { } uuid || _open.Count >= MaxOpen)
        {
            Stop(span);
        }
        else
        {
            if (_open.Remove(uuid, out var earlier))
            {
                Fail(earlier.Span, "repeated");
            }

            _open[uuid] = (span, time.GetTimestamp(), frame.Patience);
        }
    }

    /// <summary>The client has answered.</summary>
    public void Answer(string uuid, string code)
    {
        if (_open.Remove(uuid, out var open))
        {
            open.Span.SetTag("swp.client.code", code);
            Stop(open.Span);
        }
    }

    /// <summary>Ends those that nobody waits for any more.</summary>
    public void EndLate()
    {
        foreach (var (uuid, open) in _open)
        {
            if (time.GetElapsedTime(open.At) > open.Patience)
            {
                _open.Remove(uuid);
                Fail(open.Span, CallOutcome.TimedOut.ToWireName());
            }
        }
    }

    /// <summary>The connection has ended.</summary>
    public void EndAll()
    {
        foreach (var open in _open.Values)
        {
            Fail(open.Span, "connection_ended");
        }

        _open.Clear();
    }

    private static void Fail(Activity span, string error)
    {
        span.SetError(error);
        Stop(span);
    }

    // Ending a span makes the one before it the current one, of whoever started it.
    private static void Stop(Activity span)
    {
        var before = Activity.Current;
        span.Stop();
        Activity.Current = before;
    }
}
