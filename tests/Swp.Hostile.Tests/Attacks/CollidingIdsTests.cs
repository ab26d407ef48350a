using Swp.Clients;
using Swp.Hostile.Attacks;

namespace Swp.Hostile.Tests.Attacks;

public sealed class CollidingIdsTests
{
    [Fact]
    public void Take_Ids_AreDifferentAndHaveTheSameHash()
    {
        var ids = CollidingIds.Take(5_000).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(ClientKey.IsValidId(id)));
        Assert.Single(ids.Select(id => new ClientKey("caller", id).ToGrainId().GetUniformHashCode()).Distinct());
    }
}
