using Swp.Clients;

namespace Swp.Relay;

/// <summary>A client whose owner is this very process: a call to it needs no message of the runtime.</summary>
internal interface ILocalClient
{
    /// <summary>Begins a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="oneWay">Whether no answer is wanted of the client.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <returns>How it ended; <see langword="null"/> when the client is not attached here any more: nothing was done.</returns>
    Task<CallResult?> CallAsync(CallRequest request, bool oneWay, CancellationToken cancellationToken);
}
