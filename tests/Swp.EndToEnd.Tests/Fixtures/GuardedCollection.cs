namespace Swp.EndToEnd.Tests.Fixtures;

[CollectionDefinition(Name)]
public sealed class GuardedCollection : ICollectionFixture<GuardedStandaloneFixture>
{
    public const string Name = "guarded";
}
