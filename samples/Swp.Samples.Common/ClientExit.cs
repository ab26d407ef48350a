namespace Swp.Samples.Common;

/// <summary>Why a <see cref="SampleClient"/> stopped for good.</summary>
/// <param name="Requested">Whether it was asked to; otherwise the server told it to stay away.</param>
/// <param name="CloseCode">The server's close code, when there was one.</param>
/// <param name="Reason">A sentence.</param>
public sealed record ClientExit(bool Requested, int? CloseCode, string Reason)
{
    public static readonly ClientExit AsRequested = new(true, null, "Closed.");

    public int ExitCode => Requested ? 0 : 1;
}
