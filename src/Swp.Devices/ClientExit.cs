namespace Swp.Devices;

/// <summary>Why a <see cref="DeviceClient"/> stopped for good.</summary>
/// <param name="Requested">Whether it was asked to; otherwise the server told it to stay away.</param>
/// <param name="CloseCode">The server's close code, when there was one.</param>
/// <param name="Reason">A sentence.</param>
public sealed record ClientExit(bool Requested, int? CloseCode, string Reason)
{
    /// <summary>It was asked to.</summary>
    public static readonly ClientExit AsRequested = new(true, null, "Closed.");

    /// <summary>The exit code of a program that is nothing but this client.</summary>
    public int ExitCode => Requested ? 0 : 1;
}
