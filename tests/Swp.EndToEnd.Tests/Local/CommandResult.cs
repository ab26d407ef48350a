namespace Swp.EndToEnd.Tests.Local;

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(int Code, string Output, string Error);
