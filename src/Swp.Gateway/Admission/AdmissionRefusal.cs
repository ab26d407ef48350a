using Swp.Gateway.Diagnostics;

namespace Swp.Gateway.Admission;

/// <summary>Why a socket is not taken.</summary>
/// <param name="Reason">As it is counted.</param>
/// <param name="Message">What happened and what to do, for people.</param>
/// <param name="RetryAfter">When it is worth coming back.</param>
internal sealed record AdmissionRefusal(HandshakeRejection Reason, string Message, TimeSpan RetryAfter);
