using Swp.Protocol;

namespace Swp.Grains.Sessions;

/// <summary>What became of an attach.</summary>
/// <param name="Attached">The attachment of the connection that asked, or <see langword="null"/> when a newer connection has its place.</param>
/// <param name="Superseded">The other connection that spoke for the client until now.</param>
/// <param name="ExpelledBy">With which code the server has ended the connection that asks to be attached again.</param>
/// <param name="RetryAfter">How long the connection has to wait: two fight over the client.</param>
/// <param name="Continued">Whether it is the very connection that spoke for the client until now.</param>
internal readonly record struct AttachVerdict(
    Attachment? Attached,
    Attachment? Superseded,
    CloseCode? ExpelledBy = null,
    TimeSpan? RetryAfter = null,
    bool Continued = false);
