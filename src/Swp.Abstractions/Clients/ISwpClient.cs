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
    Task<ClientStatus> GetStatusAsync(CancellationToken cancellationToken = default);
}
