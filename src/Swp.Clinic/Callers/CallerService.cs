using Swp.Grains.Services;

namespace Swp.Clinic.Callers;

/// <summary>
/// A clinic's queue-calling screen. The servers ask it, usually with a <see cref="CallerCall"/>; what it asks itself is echoed.
/// </summary>
[ClientType("caller", DisplayName = "叫号")]
public sealed class CallerService : ClientService;
