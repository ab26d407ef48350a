namespace Swp.Devices;

/// <summary>How one connection ended, or that it was never made.</summary>
/// <param name="Reason">In words.</param>
/// <param name="CloseCode">The code of the close frame; none when the connection broke, or was never made.</param>
/// <param name="Opened">Whether OPEN had succeeded.</param>
/// <param name="RetryAfter">How long the server wants to be left alone, when it said so.</param>
public sealed record ConnectionEnd(string Reason, int? CloseCode = null, bool Opened = false, TimeSpan? RetryAfter = null);
