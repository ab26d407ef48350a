using Swp.Grains.Sessions;
using Swp.Relay;

namespace Swp.Grains.Promises;

/// <summary>
/// What a connection told its new owner of the requests of earlier ones. Their callers ask here within moments; an answer that is faster than its
/// caller is kept for a while. Thread-safe: answers arrive beside the activation.
/// </summary>
internal sealed class ResumedRequests(RequestLedger ledger, Attachment attachment, TimeSpan attachedAt) : Deadline
{
    /// <summary>How long an answer is kept: a caller inside the cluster learns of its owner's death from the same membership.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What may be kept of one client's answers, in bytes.</summary>
    private const int MaxWeight = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _open = [.. ledger.Open];
    private readonly HashSet<long> _done = [.. ledger.Done];
    private Dictionary<string, OwnerboundFrame>? _answers;
    private int _weight;
    private bool _expired;

    /// <summary>When the connection was attached here, in uptime.</summary>
    public TimeSpan AttachedAt => attachedAt;

    /// <summary>What became of a request, as far as this connection tells of the time before it was attached here.</summary>
    public RequestFate FateOf(string uuid, Doubt doubt)
    {
        lock (_gate)
        {
            return _open.Contains(uuid) ? RequestFate.AtClient
                : _done.Contains(RequestLedger.HashOf(uuid)) ? RequestFate.Done
                : WouldKnow(doubt) ? RequestFate.NeverSent
                : RequestFate.Unknown;
        }
    }

    /// <summary>Keeps the answer to a request of an earlier owner until its caller asks.</summary>
    public bool TryKeep(in OwnerboundFrame answer)
    {
        lock (_gate)
        {
            if (answer.Uuid is not { } uuid || !_open.Contains(uuid) || _weight + answer.Weight > MaxWeight || !(_answers ??= []).TryAdd(uuid, answer))
            {
                return false;
            }

            _weight += answer.Weight;
            return true;
        }
    }

    /// <summary>Takes an answer that came before its caller.</summary>
    public bool TryTake(string uuid, out OwnerboundFrame answer)
    {
        lock (_gate)
        {
            answer = default;
            if (_answers?.Remove(uuid, out answer) != true)
            {
                return false;
            }

            _weight -= answer.Weight;
            return true;
        }
    }

    /// <summary>Whoever has not asked by now does not ask any more.</summary>
    public override void Expire()
    {
        lock (_gate)
        {
            _open.Clear();
            _done.Clear();
            _answers = null;
            _weight = 0;
            _expired = true;
        }
    }

    // The call was made while this connection spoke for the client, and the connection remembers that far back.
    private bool WouldKnow(Doubt doubt) =>
        !_expired
        && attachment.OpenedAt <= doubt.Earliest
        && (ledger.CompleteFor is not { } complete || attachedAt - complete <= doubt.Earliest);
}
