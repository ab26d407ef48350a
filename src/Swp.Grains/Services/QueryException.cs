namespace Swp.Grains.Services;

/// <summary>Fails a query with a message that the client sees: throw it for what the client did wrong.</summary>
public sealed class QueryException : Exception
{
    /// <summary>Fails the query with <paramref name="message"/>.</summary>
    public QueryException(string message)
        : base(message)
    {
    }

    /// <summary>Fails the query with <paramref name="message"/>; the cause stays on the server.</summary>
    public QueryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
