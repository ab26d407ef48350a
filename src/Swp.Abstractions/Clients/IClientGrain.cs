using Orleans.Concurrency;

namespace Swp.Clients;

/// <summary>
/// A client, as callers see it. Keyed by <see cref="ClientKey.ToString"/>. Prefer <c>ISwpClients</c>, which turns every failure into an outcome.
/// </summary>
/// <remarks>
/// Every method interleaves: a request waits for its client's answer, and nothing else may wait for that. The state between two awaits
/// is consistent because it is changed by synchronous methods of one session object only.
/// </remarks>
[Alias("swp.IClientGrain")]
public interface IClientGrain : IGrainWithStringKey
{
    /// <summary>Asks the client and waits for its answer.</summary>
    /// <remarks>The response time-out is the longest wait for a connection and the longest call, and a minute: the call's own deadline is the one that counts.</remarks>
    [AlwaysInterleave]
    [ResponseTimeout("00:11:00")]
    [Alias("Request")]
    Task<CallResult> RequestAsync(CallRequest request, CancellationToken cancellationToken);

    /// <summary>Sends the client a message and waits until its gateway has it.</summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:11:00")]
    [Alias("Send")]
    Task<CallResult> SendAsync(CallRequest message, CancellationToken cancellationToken);

    /// <summary>
    /// Takes up a call whose owner was lost, or does not answer: waits for the answer if the client still owes it, sends the request if it was certainly
    /// never sent, and otherwise says that it is lost (an idempotent one is sent again).
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:11:00")]
    [Alias("Continue")]
    Task<CallResult> ContinueAsync(ContinueRequest request, CancellationToken cancellationToken);

    /// <summary>What is known of the client now.</summary>
    [AlwaysInterleave]
    [Alias("GetStatus")]
    Task<ClientStatus> GetStatusAsync();

    /// <summary>Keeps the client out: its connection is closed, calls and OPENs are refused. In place of an earlier ban.</summary>
    [AlwaysInterleave]
    [Alias("Ban")]
    Task<BanOutcome> BanAsync(BanRequest request);

    /// <summary>Lets the client in again.</summary>
    [AlwaysInterleave]
    [Alias("Unban")]
    Task<BanOutcome> UnbanAsync();

    /// <summary>Closes the client's connection. <see cref="CallOutcome.Completed"/> when there was one.</summary>
    [AlwaysInterleave]
    [Alias("Disconnect")]
    Task<CallResult> DisconnectAsync();
}
