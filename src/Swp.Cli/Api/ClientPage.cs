using System.Text.Json;

namespace Swp.Cli.Api;

/// <summary>A page of who is connected; each client as the server wrote it.</summary>
internal sealed record ClientPage(JsonElement[] Clients, string? Next, int Failed);
