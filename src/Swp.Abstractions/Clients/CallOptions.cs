namespace Swp.Clients;

/// <summary>How one call to a client is made.</summary>
public sealed record CallOptions
{
    /// <summary>Longest <see cref="Timeout"/>: 300 s.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(300);

    /// <summary>Longest <see cref="WaitForConnect"/>: 5 minutes.</summary>
    public static readonly TimeSpan MaxWaitForConnect = TimeSpan.FromMinutes(5);

    /// <summary>The options of a call that names none.</summary>
    public static readonly CallOptions Default = new();

    /// <summary>How long the client has to answer. 1 ms to 300 s; the default is 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for a client that is not connected, before <see cref="Timeout"/> starts. 0 to 5 minutes; the default is 0.</summary>
    public TimeSpan WaitForConnect { get; init; }

    /// <summary>
    /// Whether the client may see the request twice. If so it is sent again, with the same uuid, when the client comes back within the time-out.
    /// </summary>
    public bool Idempotent { get; init; }

    /// <summary>Says which option is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public void Validate()
    {
        if (Timeout < TimeSpan.FromMilliseconds(1) || Timeout > MaxTimeout)
        {
            throw new ArgumentOutOfRangeException(nameof(Timeout), Timeout, "The time-out of a call is 1 ms to 300 s.");
        }

        if (WaitForConnect < TimeSpan.Zero || WaitForConnect > MaxWaitForConnect)
        {
            throw new ArgumentOutOfRangeException(nameof(WaitForConnect), WaitForConnect, "A call waits 0 to 300 s for its client to connect.");
        }
    }
}
