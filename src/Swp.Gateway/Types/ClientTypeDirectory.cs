using System.Collections.Frozen;
using Orleans.Metadata;
using Swp.Clients;
using Swp.Gateway.Relay;
using Swp.Gateway.Tokens;
using Swp.Relay;

namespace Swp.Gateway.Types;

/// <summary>
/// The client types of the cluster, as its owners describe them: asked once of every owner that appears. Also how a gateway knows that there is
/// an owner at all.
/// </summary>
internal sealed partial class ClientTypeDirectory(
    IClusterManifestProvider manifests,
    IOwnerServices owners,
    TokenVerifier tokens,
    TimeProvider time,
    ILogger<ClientTypeDirectory> logger) : BackgroundService
{
    private static readonly GrainType ClientGrain = GrainType.Create(ClientKey.GrainTypeName);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<SiloAddress, ClientTypeDescription[]> _byOwner = [];
    private volatile FrozenDictionary<string, ClientTypeDescription> _types = FrozenDictionary<string, ClientTypeDescription>.Empty;
    private volatile IReadOnlyCollection<SiloAddress> _owners = [];

    /// <summary>The owners that have said what they serve.</summary>
    public IReadOnlyCollection<SiloAddress> Owners => _owners;

    public IReadOnlyCollection<ClientTypeDescription> All => _types.Values;

    /// <summary>Whether there is such a type.</summary>
    /// <exception cref="OrleansException">No owner has said which there are.</exception>
    public bool Knows(string name)
    {
        EnsureKnown();
        return _types.ContainsKey(name);
    }

    /// <summary>Whether an owner has said which types there are.</summary>
    /// <exception cref="OrleansException">None has.</exception>
    public void EnsureKnown()
    {
        if (_owners.Count == 0)
        {
            throw new OrleansException("No owner has said which client types there are.");
        }
    }

    public ClientTypeDescription? Find(string? name) => name is null ? null : _types.GetValueOrDefault(name);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await UpdateAsync(manifests.Current, stoppingToken);
        await foreach (var manifest in manifests.Updates.WithCancellation(stoppingToken))
        {
            await UpdateAsync(manifest, stoppingToken);
        }
    }

    private async Task UpdateAsync(ClusterManifest manifest, CancellationToken stopping)
    {
        var present = manifest.Silos.Where(silo => silo.Value.Grains.ContainsKey(ClientGrain)).Select(silo => silo.Key).ToHashSet();
        foreach (var gone in _byOwner.Keys.Where(owner => !present.Contains(owner)).ToArray())
        {
            _byOwner.Remove(gone);
        }

        Publish();
        // Side by side: a silent owner does not hold up a new one.
        var asked = present.Where(owner => !_byOwner.ContainsKey(owner)).Select(owner => AskAsync(owner, stopping)).ToList();
        while (asked.Count > 0)
        {
            var answered = await Task.WhenAny(asked);
            asked.Remove(answered);
            if (await answered is { } answer)
            {
                _byOwner[answer.Owner] = answer.Types;
                Publish();
            }
        }
    }

    private async Task<(SiloAddress Owner, ClientTypeDescription[] Types)?> AskAsync(SiloAddress owner, CancellationToken stopping)
    {
        // An owner that does not answer for this long is about to be declared dead, which is the next update.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                return (owner, await owners.Get(owner).GetClientTypesAsync().WaitAsync(stopping));
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                LogOwnerSilent(logger, owner, e.Message);
                await Task.Delay(Retry, time, stopping);
            }
        }

        return null;
    }

    private void Publish()
    {
        _types = _byOwner.Values.SelectMany(types => types).GroupBy(type => type.Name).ToFrozenDictionary(same => same.Key, Agree);
        _owners = [.. _byOwner.Keys];
        tokens.OnTypes(_types.Values);
    }

    // While owners are restarted with another setting the stricter one holds.
    private static ClientTypeDescription Agree(IEnumerable<ClientTypeDescription> same) =>
        same.First() with { RequiresToken = same.Any(type => type.RequiresToken) };

    [LoggerMessage(LogLevel.Information, "The owner {Owner} does not say yet what it serves: {Reason}")]
    private static partial void LogOwnerSilent(ILogger logger, SiloAddress owner, string reason);
}
