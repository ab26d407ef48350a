using Swp.Grains.Services;
using Swp.Relay;

namespace Swp.Grains.Queries;

/// <summary>An answer on its way to the connection that asked: its number, the epoch it had then, and the number of its question.</summary>
internal readonly record struct QueryAnswer(long ConnectionId, long Epoch, long Sequence, string? Uuid, Answer Answer)
{
    public QueryAnswer(in OwnerboundFrame query, Answer answer)
        : this(query.ConnectionId, query.Epoch, query.Sequence, query.Uuid, answer)
    {
    }
}
