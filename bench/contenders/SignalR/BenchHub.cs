using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Swp.Bench.SignalR;

/// <summary>What clients may ask.</summary>
internal sealed class BenchHub : Hub
{
    /// <summary>The name by which the client can be called.</summary>
    public string Hello() => Context.ConnectionId;

    public JsonElement Echo(JsonElement data) => data;
}
