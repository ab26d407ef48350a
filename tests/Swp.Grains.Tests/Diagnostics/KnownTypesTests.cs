using Swp.Client.Diagnostics;
using Swp.Clients;

namespace Swp.Grains.Tests.Diagnostics;

public sealed class KnownTypesTests
{
    private readonly KnownTypes _types = new();

    [Fact]
    public void Type_ThatNoOwnerHasSpokenOf_IsOther()
    {
        foreach (var outcome in (CallOutcome[])[CallOutcome.UnknownType, CallOutcome.ClusterUnavailable, CallOutcome.NotSent, CallOutcome.LostInFlight, CallOutcome.Cancelled, CallOutcome.PayloadTooLarge])
        {
            Assert.Equal("other", LabelOf("made-up", outcome));
        }
    }

    [Fact]
    public void Type_ThatExists_IsNamedFromThenOn()
    {
        Assert.Equal("other", LabelOf("caller", CallOutcome.NotSent));
        Assert.Equal("caller", LabelOf("caller", CallOutcome.UnknownClient));
        Assert.Equal("caller", LabelOf("caller", CallOutcome.NotSent));
    }

    [Fact]
    public void Types_AreBounded()
    {
        var labels = Enumerable.Range(0, 1000).Select(number => LabelOf($"type{number}", CallOutcome.Completed)).ToHashSet();
        Assert.Equal(101, labels.Count);
    }

    private string? LabelOf(string type, CallOutcome outcome) => (string?)_types.LabelOf(type, outcome).Value;
}
