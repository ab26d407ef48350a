namespace Swp.Protocol;

/// <summary>The values of <c>error.code</c>.</summary>
public static class ErrorCodes
{
    /// <summary>A <c>sessionType</c> the server does not know.</summary>
    public const string UnknownSessionType = "unknown_session_type";

    /// <summary>Heartbeats closer together than allowed.</summary>
    public const string HeartbeatTooFrequent = "heartbeat_too_frequent";

    /// <summary>More than the client's type allows, more queries than can wait, or connections that take over from each other too often.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The OPEN carries no valid <c>clientId</c>.</summary>
    public const string InvalidClientId = "invalid_client_id";

    /// <summary>The token or the service's own check refused the client.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The client is banned.</summary>
    public const string Banned = "banned";

    /// <summary>The client's type does not exist.</summary>
    public const string UnknownClientType = "unknown_client_type";

    /// <summary>The client's owner cannot be reached, or is moving.</summary>
    public const string OwnerUnavailable = "owner_unavailable";

    /// <summary>The query was taken by an owner that was lost before it answered: it may have been executed.</summary>
    public const string LostInFlight = "lost_in_flight";

    /// <summary>A newer connection of the same client.</summary>
    public const string Superseded = "superseded";

    /// <summary>The handler of a query failed; the message names a correlation id, never the exception's text.</summary>
    public const string InternalError = "internal_error";

    /// <summary>The handler refused the query.</summary>
    public const string QueryFailed = "query_failed";
}
