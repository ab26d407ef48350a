using Swp.Chaos.Logs;

namespace Swp.Chaos.Callers;

/// <summary>A way into the cluster.</summary>
internal interface ICallEntry
{
    /// <summary>See <see cref="Call.Entry"/>.</summary>
    string Name { get; }

    /// <summary>Whether a load balancer would send a call here.</summary>
    bool IsOffered => true;

    /// <summary>Makes the call.</summary>
    /// <returns>How it ended; <see langword="null"/> when it could not enter here, so that nothing was asked of the cluster.</returns>
    Task<EntryAnswer?> CallAsync(Call call);
}
