using Swp.Chaos.Clients;
using Swp.Chaos.Members;

namespace Swp.Chaos.Faults;

/// <summary>Which owner has which client.</summary>
internal static class Ownership
{
    private const int AtOnce = 16;

    /// <summary>The clients of an owner; all, where gateways do not tell.</summary>
    public static async Task<IReadOnlySet<string>> OfAsync(Member owner, FaultRun run)
    {
        var owners = await ReadAsync(run, [.. run.Clients.All.Select(client => client.Id)]);
        var told = owners.Values.Any(name => name is not null);
        return owners.Where(pair => !told || pair.Value == owner.Name).Select(pair => pair.Key).ToHashSet();
    }

    /// <summary>Each client's owner as the gateways tell it.</summary>
    public static async Task<IReadOnlyDictionary<string, string?>> ReadAsync(FaultRun run, IReadOnlyList<string> clients)
    {
        var api = run.Cluster.Gateways.First().Process.Operations;
        var owners = new Dictionary<string, string?>();
        foreach (var some in clients.Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(some.Select(client => api.StatusAsync(ScriptedClient.Type, client)));
            foreach (var (client, answer) in some.Zip(answers))
            {
                owners[client] = answer["owner"];
            }
        }

        return owners;
    }
}
