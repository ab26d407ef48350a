namespace Swp.Bench.Simulation;

/// <summary>What a storm was like.</summary>
/// <param name="Half">Until half of the clients were connected.</param>
/// <param name="Nearly">Until 99 % were.</param>
/// <param name="All">Until all were.</param>
/// <param name="Attempts">How many handshakes there were, refused ones among them.</param>
/// <param name="PeakAttempts">The most that all gateways together had in one second.</param>
/// <param name="PeakConnects">The most that they took in one second.</param>
internal sealed record StormResult(TimeSpan Half, TimeSpan Nearly, TimeSpan All, long Attempts, int PeakAttempts, int PeakConnects);
