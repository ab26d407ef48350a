using System.Collections.Immutable;
using System.Threading.Channels;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Swp.Gateway.Tests.Kit;

/// <summary>Which member serves which grains.</summary>
internal sealed class TestManifests : IClusterManifestProvider
{
    private readonly Channel<ClusterManifest> _updates = Channel.CreateUnbounded<ClusterManifest>();
    private long _version;

    public ClusterManifest Current { get; private set; } = new(MajorMinorVersion.Zero, ImmutableDictionary<SiloAddress, GrainManifest>.Empty);

    public IAsyncEnumerable<ClusterManifest> Updates => _updates.Reader.ReadAllAsync();

    public GrainManifest LocalGrainManifest => Manifest("gateway");

    /// <summary>The gateways.</summary>
    public IReadOnlyCollection<SiloAddress> Gateways { get; set; } = [Members.Gateway];

    /// <summary>The owners are these, beside the gateways.</summary>
    public void Publish(params SiloAddress[] owners)
    {
        var silos = owners.ToImmutableDictionary(owner => owner, _ => Manifest("client")).AddRange(Gateways.Select(gateway => KeyValuePair.Create(gateway, Manifest("gateway"))));
        Current = new ClusterManifest(new MajorMinorVersion(1, ++_version), silos);
        _updates.Writer.TryWrite(Current);
    }

    private static GrainManifest Manifest(string grainType) => new(
        ImmutableDictionary<GrainType, GrainProperties>.Empty.Add(GrainType.Create(grainType), new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal))),
        ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty);
}
