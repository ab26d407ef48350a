using System.Text.Json;
using Swp.Clients;

namespace Swp.Bench.Node;

/// <summary>The bench's callers, calling through <see cref="ISwpClients"/>.</summary>
internal sealed class SwpNode(ISwpClients clients) : INode
{
    private const string Type = "caller";

    public async Task<JsonElement?> AskAsync(string target, JsonElement payload, CancellationToken cancellationToken) => throw new NotImplementedException();
}
