namespace Swp.Samples.His;

/// <summary>What the server answers.</summary>
internal sealed record PageAnswer(Page? Result);
