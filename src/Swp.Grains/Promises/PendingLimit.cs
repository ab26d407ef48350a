using Swp.Clients;

namespace Swp.Grains.Promises;

/// <summary>How many open requests one client may have, those that it had at an earlier owner among them.</summary>
internal readonly record struct PendingLimit(int Max)
{
    /// <summary>Whether a new request is taken beside those that are open.</summary>
    public bool Admits(int open) => open < Max;

    /// <summary>What becomes of a request that an earlier owner had taken: new ones may have come before it.</summary>
    /// <param name="fate">What is known of it.</param>
    /// <param name="isConnected">Whether there is a connection that knows.</param>
    /// <param name="open">How many others are open.</param>
    /// <returns>The outcome it ends with, or <see langword="null"/> when it goes on.</returns>
    public CallOutcome? Refuse(RequestFate fate, bool isConnected, int open)
    {
        if (Admits(open))
        {
            return null;
        }

        return fate switch
        {
            // Its client has it: the connection's book of what it owes is the bound.
            RequestFate.AtClient => null,
            RequestFate.NeverSent => CallOutcome.TooManyPending,

            // Until the connection is back nobody knows: as many again may wait for it.
            _ when !isConnected && open < 2 * Max => null,
            _ => CallOutcome.LostInFlight,
        };
    }
}
