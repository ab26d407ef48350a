using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Processes;
using Swp.Testing.Storage;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Access;

/// <summary>Who may call a gateway that others can reach: keys that are made, used and replaced as an operator does it.</summary>
public sealed partial class ApiKeyTests : EndToEndTest
{
    [Fact]
    public async Task A_key_is_made_configured_in_a_file_used_and_replaced_without_a_restart()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync());
        var server = Own(SwpProcess.Standalone(("Swp:Listen:Operations", $"http://0.0.0.0:{FreePort.Take()}")));
        var settings = Path.Combine(server.WorkingDirectory, "appsettings.json");
        await WriteAsync(settings, first.Hash, "call");
        await server.StartAsync();
        var client = await Own(server.OpenAsync("caller", "1"));
        client.AutoAnswer();

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Operations.CallAsync("caller", "1")).Status);
        server.Operations.Key = first.Key;
        Assert.Equal("completed", (await server.Operations.CallAsync("caller", "1")).Outcome);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Operations.StatusAsync("caller", "1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Operations.DisconnectAsync("caller", "1")).Status);

        // Both at once while callers change over, in their own time.
        await WriteAsync(settings, first.Hash, "call", second.Hash, "admin");
        server.Operations.Key = second.Key;
        await Eventually.True(async () => (await server.Operations.StatusAsync("caller", "1")).Status == HttpStatusCode.OK);
        server.Operations.Key = first.Key;
        Assert.Equal("completed", (await server.Operations.CallAsync("caller", "1")).Outcome);

        // A slip changes nothing, and is told; the old key goes with the next change.
        await File.WriteAllTextAsync(settings, "{", TestContext.Current.CancellationToken);
        await server.WaitForOutputAsync("appsettings.json cannot be read, what was in force stays");
        Assert.Equal("completed", (await server.Operations.CallAsync("caller", "1")).Outcome);
        await WriteAsync(settings, second.Hash, "admin");
        await Eventually.True(async () => (await server.Operations.CallAsync("caller", "1")).Status == HttpStatusCode.Unauthorized);
        server.Operations.Key = second.Key;
        Assert.Equal(HttpStatusCode.NoContent, (await server.Operations.DisconnectAsync("caller", "1")).Status);
        Assert.Equal(4506, (await client.WaitForCloseAsync()).Code);
        await server.WaitForOutputAsync("Swp.Audit disconnect caller/1 by key1 from ");
        Assert.DoesNotContain("swp_", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_in_a_directory_are_replaced_as_Kubernetes_does_it()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync());
        using var secret = new MountedSecret();
        secret.Write(("Swp__ApiKeys__backend__Hash", first.Hash + "\n"), ("Swp__ApiKeys__backend__Scopes", "call\n"));
        var server = Own(SwpProcess.Standalone(("Swp:SettingsDirectory", secret.Path)));
        await server.StartAsync();
        server.Operations.Key = first.Key;
        Assert.Equal("unknown_client", (await server.Operations.CallAsync("caller", "1")).Outcome);

        secret.Write(("Swp__ApiKeys__backend__Hash", second.Hash + "\n"), ("Swp__ApiKeys__backend__Scopes", "call\n"));

        server.Operations.Key = second.Key;
        await Eventually.True(async () => (await server.Operations.CallAsync("caller", "1")).Outcome == "unknown_client");
        server.Operations.Key = first.Key;
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Operations.CallAsync("caller", "1")).Status);
    }

    [Fact]
    public async Task A_flood_of_bad_keys_and_forged_names_is_a_line_of_the_log_and_a_count()
    {
        var key = await MakeAsync();
        var server = Own(SwpProcess.Standalone(("Swp:ApiKeys:backend:Hash", key.Hash), ("Swp:ApiKeys:backend:Scopes", "call")));
        await server.StartAsync();
        const string Forged = "x%0A12%3A00%3A00.000%20ERR%20Swp.Audit%20forged%1B%5B2J";
        var before = server.Log.Text.Length;
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            Assert.Equal(HttpStatusCode.Unauthorized, (await server.Operations.GetAsync($"/api/v1/clients/caller/{Forged}{i}")).Status));

        Assert.Equal(0, await server.StopAsync());

        var lines = server.Log.After(before).Split('\n').Where(line => line.Contains("refused", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.Matches(@"INF Swp\.Audit refused GET /api/v1/clients/caller/x\\n12:00:00\.000 ERR Swp\.Audit forged\\u001b\[2J\d+ by anonymous from 127\.0\.0\.1: no key$", lines[0]);
        Assert.Matches(@"INF Swp\.Audit refused 999 more from 127\.0\.0\.1: no key$", lines[1]);
        Assert.DoesNotContain("ApiKeyHandler", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_needs_a_name()
    {
        var process = Own(TestProcess.OfProject("Swp.Gateway", "keygen"));
        process.Launch();
        Assert.Equal(1, await process.Exited.DefaultTimeout());
        Assert.StartsWith("keygen NAME: ", Assert.Single(process.StandardError), StringComparison.Ordinal);
    }

    protected override bool IsExpected(string error) => error.Contains("appsettings.json cannot be read", StringComparison.Ordinal);

    // As the operator sees it.
    private async Task<(string Key, string Hash)> MakeAsync()
    {
        var process = Own(TestProcess.OfProject("Swp.Gateway", "keygen", "backend"));
        process.Launch();
        Assert.Equal(0, await process.Exited.DefaultTimeout());
        var key = Assert.Single(KeyPattern().Matches(process.Log.Text)).Value;
        var hash = Assert.Single(HashPattern().Matches(process.Log.Text).Select(match => match.Groups[1].Value).Distinct());
        Assert.Contains($$"""{"Swp":{"ApiKeys":{"backend":{"Hash":"{{hash}}","Scopes":["call","read"]} } } }""", process.Log.Text, StringComparison.Ordinal);
        return (key, hash);
    }

    // Renamed into place: a server that looks sees the old file or the new one.
    private static async Task WriteAsync(string path, params string[] hashesAndScopes)
    {
        var keys = hashesAndScopes.Chunk(2).Select((pair, i) => (Name: $"key{i + (hashesAndScopes is [_, "admin"] ? 1 : 0)}", Hash: pair[0], Scope: pair[1]))
            .ToDictionary(key => key.Name, key => new { key.Hash, Scopes = new[] { key.Scope } });
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(new { Swp = new { ApiKeys = keys } }), TestContext.Current.CancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }

    [GeneratedRegex(@"(?<= )swp_[A-Za-z0-9_-]{43}(?=\s)")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\b([0-9a-f]{64})\b")]
    private static partial Regex HashPattern();
}
