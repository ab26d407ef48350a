namespace Swp.Grains.Services;

/// <summary>
/// What the servers do for one type of client. Derive, mark with <see cref="ClientTypeAttribute"/>, override what is needed, and register with
/// <c>AddSwp(swp => swp.AddClientType&lt;T&gt;())</c>.
/// </summary>
/// <remarks>
/// One instance serves every client of the type on an owner, concurrently: keep no state of a single client in it. The queries of one client
/// run in order, <c>MaxConcurrentQueries</c> at a time. A slow method delays only its own client's next query.
/// </remarks>
public abstract class ClientService
{
    /// <summary>A client wants to connect. The default accepts everyone.</summary>
    /// <param name="open">Who, from where, with what.</param>
    /// <param name="cancellationToken">Cancelled when the connection is gone or the owner stops.</param>
    public virtual ValueTask<OpenDecision> OnOpenAsync(OpenContext open, CancellationToken cancellationToken) => new(OpenDecision.Accept);

    /// <summary>A client asks. The default sends the data back as it came.</summary>
    /// <remarks>
    /// A <see cref="QueryException"/> fails the query with its message. Any other exception fails it with a correlation id that the log also
    /// carries, never with the exception's text.
    /// </remarks>
    public virtual ValueTask<Answer> OnQueryAsync(Query query, CancellationToken cancellationToken) => new(Answer.Echo(query));

    /// <summary>A client's connection has ended and no newer one has taken its place. May be missed when an owner crashes.</summary>
    public virtual ValueTask OnClosedAsync(ClosedContext closed, CancellationToken cancellationToken) => default;
}
