namespace Swp.EndToEnd.Tests.Fixtures;

[CollectionDefinition(Name)]
public sealed class SplitCollection : ICollectionFixture<SwpClusterFixture>
{
    public const string Name = "split";
}
