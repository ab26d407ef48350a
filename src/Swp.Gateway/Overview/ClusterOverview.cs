using Swp.Gateway.Types;

namespace Swp.Gateway.Overview;

/// <summary>
/// The whole cluster at one time. Whoever asks gets what was gathered last, if that is fresh, or takes part in what is being gathered: however many look,
/// the members are asked once a second, and not at all while nobody does.
/// </summary>
internal sealed class ClusterOverview(ClusterMembers members, ClientTypeDirectory types, TimeProvider time)
{
    /// <summary>So long it is not gathered again. Less than a second, at which the feed comes again.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(900);

    /// <summary>What is older is no measure of what goes on now.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private Task<OverviewBody>? _gathering;
    private ClusterReport? _last;
    private long _startedAt;

    /// <summary>The cluster as it is now.</summary>
    public Task<OverviewBody> GetAsync()
    {
        lock (_gate)
        {
            if (_gathering is not { } gathering || (gathering.IsCompleted && (gathering.IsFaulted || time.GetElapsedTime(_startedAt) >= Freshness)))
            {
                _startedAt = time.GetTimestamp();
                _gathering = gathering = GatherAsync(_startedAt);
            }

            return gathering;
        }
    }

    private async Task<OverviewBody> GatherAsync(long stamp)
    {
        var asked = time.GetUtcNow();
        var all = members.All;
        var gateways = members.AskGatewaysAsync();
        var owners = members.AskOwnersAsync();
        var byGateway = (await gateways).ToDictionary(answer => answer.Member.Address, answer => answer.Value);
        var byOwner = (await owners).ToDictionary(answer => answer.Member.Address, answer => answer.Value);
        var now = new ClusterReport(
            asked,
            stamp,
            [.. all.Select(member => new NodeReport(member, byGateway.GetValueOrDefault(member.Address), byOwner.GetValueOrDefault(member.Address)))]);

        // One gathers at a time: nobody else is here.
        var pace = _last is { } last && time.GetElapsedTime(last.Stamp, stamp) is var elapsed && elapsed <= Memory ? new Pace(last, now, elapsed) : null;
        _last = now;
        return OverviewBody.From(now, pace, types.All);
    }
}
