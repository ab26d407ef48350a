namespace Swp.Gateway.Audit;

/// <summary>An endpoint that changes something for others: every request to it is a line of the audit log.</summary>
/// <param name="Name">What it does.</param>
internal sealed record AuditedAct(string Name);
