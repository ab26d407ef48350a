using System.Text.Json;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Clients;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Telemetry;

/// <summary>What a member logs where something collects it.</summary>
public sealed class LogTests : EndToEndTest
{
    private const string Payload = "what-nobody-may-read";
    private const string Token = "s3cr3t-t0ken";

    [Fact]
    public async Task Json_lines_carry_the_trace_and_neither_payloads_nor_tokens()
    {
        var server = Own(SwpProcess.Standalone(
            ("Swp:Log:Format", "json"),
            ("Logging:LogLevel:Default", "Debug"),
            ("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Information")));
        await server.StartAsync();
        var id = NewId();
        var client = await Own(server.ConnectAsync($"caller?access_token={Token}", TestClient.SubProtocol));
        await client.OpenAsync(id);
        client.AutoAnswer($"\"{Payload}\"");
        Assert.Equal("completed", (await server.Operations.CallAsync("caller", id, $"\"{Payload}\"")).Outcome);
        await client.QueryAsync($"\"{Payload}\"");
        Assert.Equal("completed", (await server.Operations.CallAsync("caller", id)).Outcome);
        await Eventually.True(() => server.Log.Text.Contains("/requests", StringComparison.Ordinal));
        Assert.Equal(0, await server.StopAsync());

        var lines = server.Log.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("---", StringComparison.Ordinal)).Select(Parse).ToArray();
        Assert.Contains(lines, line => line.GetProperty("@m").GetString()!.Contains("is ready", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.TryGetProperty("@tr", out _) && line.GetProperty("@m").GetString()!.Contains("/requests", StringComparison.Ordinal));

        // The handshake is logged, without its query.
        Assert.Contains("/wss/caller", server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Payload, server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, server.Log.Text, StringComparison.Ordinal);
    }

    private static JsonElement Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            Assert.True(document.RootElement.TryGetProperty("@t", out _));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"No JSON: {line}", e);
        }
    }
}
