namespace Swp.Samples.Common;

/// <summary>The server answered OPEN with a failure; its close code follows.</summary>
internal sealed class OpenRefusedException(string? message) : Exception(message ?? "OPEN was refused.");
