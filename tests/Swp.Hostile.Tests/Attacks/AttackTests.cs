using Swp.Hostile.Attacks;
using Swp.Hostile.Reports;

namespace Swp.Hostile.Tests.Attacks;

/// <summary>
/// The short form of <c>tests/hostile/run.sh</c>: of each attack must hold that the server lives, that its memory stays within a bound, that every call
/// to a well-behaved client completes in time, that the attackers end as documented, and that nothing is logged for each of them.
/// </summary>
public sealed class AttackTests(HostileFixture fixture) : IClassFixture<HostileFixture>
{
    public static TheoryData<string> Names => [.. AttackCatalogue.All.Select(attack => attack.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Others_notice_nothing_of(string attack)
    {
        var result = await fixture.Run.RunAsync(AttackCatalogue.Find(attack)!, TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(HostileTable.Write([result], commit: null));
        Assert.Empty(result.Faults);
        Assert.NotEmpty(result.Ends);
        Assert.Equal(result.Count, result.Ends.Values.Sum());
    }
}
