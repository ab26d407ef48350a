namespace Swp.Chaos.Callers;

/// <summary>What an entry said of a call.</summary>
internal sealed record EntryAnswer(string Outcome, string? Uuid = null, string? Data = null, string? Detail = null);
