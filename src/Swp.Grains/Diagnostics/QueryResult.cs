namespace Swp.Grains.Diagnostics;

/// <summary>What a query has come to.</summary>
internal enum QueryResult : byte
{
    /// <summary>The service has answered; its answer may say failure.</summary>
    Answered,

    /// <summary>The service has refused it (<see cref="Services.QueryException"/>).</summary>
    Declined,

    /// <summary>The service has failed.</summary>
    Failed,

    /// <summary>Too many waited.</summary>
    RateLimited,

    /// <summary>The owner stops: not begun, or given up.</summary>
    Moving,
}
