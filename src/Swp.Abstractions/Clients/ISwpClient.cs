namespace Swp.Clients;

/// <summary>One client. Its calls do not throw for what happens on the way: each ends in one <see cref="CallOutcome"/>.</summary>
public interface ISwpClient
{
    /// <summary>The client's name.</summary>
    ClientKey Key { get; }

    /// <summary>Asks the client and waits for its answer.</summary>
    /// <param name="data">What is asked; <see cref="JsonPayload.From{T}"/> makes one of any object.</param>
    /// <param name="options">Time-out and waiting; <see cref="CallOptions.Default"/> when left out.</param>
    /// <param name="cancellationToken">Gives the call up: it ends as <see cref="CallOutcome.Cancelled"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    Task<CallResult> RequestAsync(JsonPayload data, CallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Sends a message that needs no answer; <see cref="CallOutcome.Completed"/> says that the client's gateway has it.</summary>
    /// <inheritdoc cref="RequestAsync"/>
    Task<CallResult> SendAsync(JsonPayload data, CallOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>What is known of the client now.</summary>
    /// <exception cref="SwpUnavailableException">The client's owner could not be reached.</exception>
    Task<ClientStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps the client out: its connection is closed with 4505, its open calls end, new calls end as <see cref="CallOutcome.Banned"/>. It need not
    /// have connected before. A second ban takes the place of the first.
    /// </summary>
    /// <param name="until">When it ends; <see langword="null"/> for ever.</param>
    /// <param name="reason">Why, at most <see cref="BanRequest.MaxReasonLength"/> characters; the client is told.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="ArgumentException"><paramref name="until"/> is over, or <paramref name="reason"/> is too long or no plain text.</exception>
    /// <exception cref="SwpUnavailableException">The client's owner could not be reached. It may have taken effect: ban once more.</exception>
    Task<BanOutcome> BanAsync(DateTimeOffset? until = null, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Lets the client in again. Does nothing when it is not banned.</summary>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="SwpUnavailableException">The client's owner could not be reached. It may have taken effect: do it once more.</exception>
    Task<BanOutcome> UnbanAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Closes the client's connection with 4506. <see cref="CallOutcome.Completed"/> when there was one; otherwise
    /// <see cref="CallOutcome.NotConnected"/>, <see cref="CallOutcome.UnknownClient"/> or <see cref="CallOutcome.UnknownType"/>.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="SwpUnavailableException">The client's owner could not be reached. It may have taken effect.</exception>
    Task<CallResult> DisconnectAsync(CancellationToken cancellationToken = default);
}
