using Swp.Relay;

namespace Swp.Gateway.Relay;

/// <summary>
/// The server's requests as one connection has seen them: which its client still owes an answer, and which it has answered lately. Guarded by its
/// relay's lock; holds nothing until the client is asked something.
/// </summary>
internal sealed class RequestBook(TimeProvider time)
{
    /// <summary>More than a client may owe; beyond it the oldest is forgotten.</summary>
    private const int MaxOpen = 512;

    /// <summary>How many answered ones are remembered: what a new owner may be asked about is seconds old.</summary>
    private const int MaxDone = 64;

    private Dictionary<string, Entry>? _open;
    private Queue<(long Hash, long At)>? _done;
    private long? _forgottenAt;

    /// <summary>Whether the client owes an answer that somebody still waits for.</summary>
    public bool HasOpen => _open is { Count: > 0 } open && open.Values.Any(IsAwaited);

    /// <summary>The client is given a request.</summary>
    public void Add(string uuid, TimeSpan patience)
    {
        var open = _open ??= new Dictionary<string, Entry>(StringComparer.Ordinal);
        if (open.Count >= MaxOpen)
        {
            Prune(open);
        }

        open[uuid] = new Entry(time.GetTimestamp(), patience, AnswerSequence: 0);
    }

    /// <summary>The client is given a message that wants no answer.</summary>
    public void AddMessage(string uuid) => Remember(uuid);

    /// <summary>Whether the client was given a request and has not answered, or its answer is on the way to an owner.</summary>
    public bool IsOpen(string uuid) => _open?.ContainsKey(uuid) == true;

    /// <summary>Whether the client has answered a request, or was given a message, not long ago.</summary>
    public bool IsDone(string uuid)
    {
        var hash = RequestLedger.HashOf(uuid);
        return _done?.Any(entry => entry.Hash == hash) == true;
    }

    /// <summary>The client has answered; the answer is on its way to the owner under this number.</summary>
    public void Answer(string uuid, long sequence)
    {
        if (_open is { } open && open.TryGetValue(uuid, out var entry) && entry.AnswerSequence == 0)
        {
            open[uuid] = entry with { AnswerSequence = sequence };
        }
    }

    /// <summary>An owner has the answer.</summary>
    public void Acknowledge(string uuid, long sequence)
    {
        if (_open is { } open && open.TryGetValue(uuid, out var entry) && entry.AnswerSequence == sequence)
        {
            open.Remove(uuid);
            Remember(uuid);
        }
    }

    /// <summary>What the next owner is told.</summary>
    /// <param name="early">What an owner has said that is not passed on yet: the client will be given it.</param>
    public RequestLedger ToLedger(IReadOnlyCollection<ClientboundFrame>? early = null)
    {
        if (_open is null && _done is null && early is not { Count: > 0 })
        {
            return RequestLedger.Empty;
        }

        var open = new List<string>();
        var done = new List<long>((_done ?? []).Select(entry => entry.Hash));
        foreach (var (uuid, entry) in _open ?? [])
        {
            if (entry.AnswerSequence > 0 || IsAwaited(entry))
            {
                open.Add(uuid);
            }
            else
            {
                // Nobody waits for it any more, but the client has it.
                done.Add(RequestLedger.HashOf(uuid));
            }
        }

        early ??= [];
        open.AddRange(early.Where(frame => frame is { Kind: ClientboundKind.Request, Uuid: not null }).Select(frame => frame.Uuid!));
        done.AddRange(early.Where(frame => frame is { Kind: ClientboundKind.Message, Uuid: not null }).Select(frame => RequestLedger.HashOf(frame.Uuid!)));
        return new RequestLedger { Open = [.. open], Done = [.. done], CompleteFor = _forgottenAt is { } at ? time.GetElapsedTime(at) : null };
    }

    private bool IsAwaited(Entry entry) => entry.AnswerSequence == 0 && time.GetElapsedTime(entry.At) < entry.Patience;

    private void Prune(Dictionary<string, Entry> open)
    {
        // Nobody waits for these any more.
        foreach (var (uuid, entry) in open.ToArray())
        {
            if (entry.AnswerSequence == 0 && !IsAwaited(entry))
            {
                open.Remove(uuid);
                Remember(uuid);
            }
        }

        if (open.Count >= MaxOpen)
        {
            var (oldest, entry) = open.MinBy(pair => pair.Value.At);
            open.Remove(oldest);
            Forget(time.GetTimestamp());
        }
    }

    private void Remember(string uuid)
    {
        var done = _done ??= new Queue<(long, long)>(4);
        if (done.Count >= MaxDone)
        {
            Forget(done.Dequeue().At);
        }

        done.Enqueue((RequestLedger.HashOf(uuid), time.GetTimestamp()));
    }

    // What is forgotten last need not be the youngest.
    private void Forget(long at) => _forgottenAt = _forgottenAt > at ? _forgottenAt : at;

    private readonly record struct Entry(long At, TimeSpan Patience, long AnswerSequence);
}
