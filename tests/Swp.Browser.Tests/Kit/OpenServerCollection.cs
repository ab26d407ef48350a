namespace Swp.Browser.Tests.Kit;

[CollectionDefinition(Name)]
public sealed class OpenServerCollection : ICollectionFixture<OpenServer>
{
    public const string Name = "open";
}
