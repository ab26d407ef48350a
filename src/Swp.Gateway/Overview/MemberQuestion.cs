namespace Swp.Gateway.Overview;

/// <summary>
/// One question to many members, side by side, none of which is waited for longer than an operator's patience. A member that has not answered the last time
/// is not asked again until it has: at most one question is under way to each.
/// </summary>
internal sealed class MemberQuestion<T>(Func<SiloAddress, Task<T>> ask, TimeProvider time)
    where T : class
{
    /// <summary>Less than the second between two looks.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, Task<T>> _underWay = [];

    /// <summary>Asks these, who are all there are.</summary>
    public Task<Answer<T>[]> AskAsync(IReadOnlyCollection<Member> members)
    {
        lock (_gate)
        {
            var present = members.Select(member => member.Address).ToHashSet();
            foreach (var gone in _underWay.Keys.Where(member => !present.Contains(member)).ToArray())
            {
                _underWay.Remove(gone);
            }
        }

        return Task.WhenAll(members.Select(AskAsync));
    }

    private async Task<Answer<T>> AskAsync(Member member)
    {
        try
        {
            return new Answer<T>(member, await UnderWay(member.Address).WaitAsync(Patience, time));
        }
        catch (Exception)
        {
            // Whatever the reason: the answer is shown as missing, which is all that who looks can use.
            return new Answer<T>(member, null);
        }
    }

    private Task<T> UnderWay(SiloAddress member)
    {
        lock (_gate)
        {
            return _underWay.TryGetValue(member, out var asked) && !asked.IsCompleted ? asked : _underWay[member] = ask(member);
        }
    }
}
