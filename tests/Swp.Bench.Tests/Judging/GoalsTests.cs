using Swp.Bench.Reports.Judging;
using Swp.Bench.Reports.Vocabulary;

namespace Swp.Bench.Tests.Judging;

public sealed class GoalsTests
{
    [Fact]
    public void All_NameScenariosAndContendersThatThereAre()
    {
        foreach (var goal in Goals.All)
        {
            var scenario = Assert.Single(Scenarios.All, scenario => scenario.Name == goal.Scenario);
            Assert.Contains(goal.Row.Split(',')[0], scenario.Contenders);
            Assert.All(((Bound?[])[goal.Target, goal.Beyond]).Select(bound => bound?.Baseline).OfType<string>(), baseline => Assert.Contains(baseline, scenario.Contenders));
        }
    }

    [Fact]
    public void All_WhatIsBeyondIsNoLessThanTheTarget()
    {
        var comparable = Goals.All.Where(goal => goal.Beyond is not null && goal.Beyond.Baseline == goal.Target.Baseline).ToArray();

        Assert.NotEmpty(comparable);
        Assert.All(comparable, goal => Assert.Equal(goal.Sense == Sense.AtLeast, goal.Beyond!.Figure > goal.Target.Figure));
    }
}
