namespace Swp.EndToEnd.Tests.Fixtures;

[CollectionDefinition(Name)]
public sealed class StrictCollection : ICollectionFixture<StrictStandaloneFixture>
{
    public const string Name = "strict";
}
