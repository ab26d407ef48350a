namespace Swp.Samples.Common;

/// <summary>How one connection ended, or that it was never made.</summary>
internal sealed record ConnectionEnd(string Reason, int? CloseCode = null, bool Opened = false, TimeSpan? RetryAfter = null);
