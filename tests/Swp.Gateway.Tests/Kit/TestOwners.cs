using System.Collections.Concurrent;
using Orleans.Runtime;
using Swp.Gateway.Relay;
using Swp.Relay;

namespace Swp.Gateway.Tests.Kit;

/// <summary>The owner members of a test, made when first spoken of.</summary>
internal sealed class TestOwners : IOwnerServices
{
    private readonly ConcurrentDictionary<SiloAddress, TestOwner> _owners = new();

    public TestOwner this[SiloAddress address] => _owners.GetOrAdd(address, _ => new TestOwner());

    public IOwnerService Get(SiloAddress owner) => this[owner];
}
