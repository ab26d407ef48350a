namespace Swp.Testing.Clients;

/// <summary>How a connection ended.</summary>
/// <param name="Code">The close frame's code; 1006 when there was none.</param>
/// <param name="Reason">The close frame's reason.</param>
public sealed record TestClose(int Code, string Reason)
{
    /// <summary>It ended without a close frame.</summary>
    public const int Abnormal = 1006;
}
