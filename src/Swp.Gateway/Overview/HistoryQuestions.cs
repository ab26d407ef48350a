using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Overview;

namespace Swp.Gateway.Overview;

/// <summary>
/// What owners remember of clients. So many questions are under way to each owner; over that it counts as one that does not answer, so that whoever looks
/// at many clients cannot pile up questions to an owner that hangs.
/// </summary>
internal sealed class HistoryQuestions(IOwnerServices owners, TimeProvider time)
{
    public const int MaxUnderWay = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, int> _underWay = [];

    public Task<Answer<ClientHistory>[]> AskAsync(IReadOnlyCollection<Member> members, ClientKey client, int limit) =>
        new MemberQuestion<ClientHistory>(owner => AskAsync(owner, client, limit), time).AskAsync(members);

    // Given back when the owner has answered or the cluster has given it up, however long whoever asked has waited.
    private async Task<ClientHistory> AskAsync(SiloAddress owner, ClientKey client, int limit)
    {
        Enter(owner);
        try
        {
            return await owners.Get(owner).GetHistoryAsync(client, limit);
        }
        finally
        {
            Leave(owner);
        }
    }

    private void Enter(SiloAddress owner)
    {
        lock (_gate)
        {
            var count = _underWay.GetValueOrDefault(owner);
            if (count == MaxUnderWay)
            {
                throw new InvalidOperationException("As many questions are under way to this owner as may be.");
            }

            _underWay[owner] = count + 1;
        }
    }

    private void Leave(SiloAddress owner)
    {
        lock (_gate)
        {
            if (--_underWay[owner] == 0)
            {
                _underWay.Remove(owner);
            }
        }
    }
}
