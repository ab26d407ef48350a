using Orleans.Runtime;

namespace Swp.Gateway.Tests.Membership;

/// <summary>Keeps what would have ended the process.</summary>
internal sealed class TestFatality : IFatalErrorHandler
{
    private volatile string? _context;

    public string? Context => _context;

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) => _context = context;
}
