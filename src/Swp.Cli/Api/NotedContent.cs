using System.Net;
using System.Text;

namespace Swp.Cli.Api;

/// <summary>JSON of which is known whether any of it went to a connection.</summary>
internal sealed class NotedContent(string json) : StringContent(json, Encoding.UTF8, "application/json")
{
    private volatile bool _wasWritten;

    public bool WasWritten => _wasWritten;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _wasWritten = true;
        return base.SerializeToStreamAsync(stream, context, cancellationToken);
    }
}
