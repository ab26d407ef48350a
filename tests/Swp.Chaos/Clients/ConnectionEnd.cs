namespace Swp.Chaos.Clients;

/// <summary>How a connection of a scripted client ended.</summary>
/// <param name="Opened">Whether its OPEN had succeeded.</param>
/// <param name="CloseCode">The close frame's code; none when there was no close frame.</param>
/// <param name="RetryAfter">How long a refused OPEN asked to wait.</param>
internal sealed record ConnectionEnd(bool Opened, int? CloseCode, TimeSpan? RetryAfter = null);
