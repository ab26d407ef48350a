using Orleans.Runtime;
using Swp.Cluster.Membership;
using Swp.Testing.Time;

namespace Swp.Gateway.Tests.Membership;

public sealed class OwnRowTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly HostileTimeProvider _time = new();
    private readonly OwnRow _row;

    public OwnRowTests() => _row = new OwnRow(_time);

    [Fact]
    public void ARowThatIsThere_IsFine_WhateverHappensToTheTable()
    {
        for (var version = 1; version < 20; version++)
        {
            Assert.Null(Look(version: version));
            Assert.False(_row.IsDoubtful);
        }
    }

    [Fact]
    public void ARowThatStaysAway_IsLost_AfterThreeSeconds()
    {
        Assert.Null(Look(version: 7));
        Assert.Null(Look(hasRow: false, version: 8));
        Assert.True(_row.IsDoubtful);
        Assert.Null(Look(hasRow: false, version: 8));
        Assert.Null(Look(hasRow: false, version: 8));
        Assert.Equal("the membership table has no row of this member", Look(hasRow: false, version: 8));
    }

    [Fact]
    public void ARowThatWasNeverSeen_IsLostToo()
    {
        // Joined just before a failover: nobody has read it since.
        Look(hasRow: false, version: 6, times: 3);
        Assert.NotNull(Look(hasRow: false, version: 6));
    }

    [Fact]
    public void AnEmptyTable_IsNamed()
    {
        Look(version: 7);
        Look(hasRow: false, version: 0, times: 3);
        Assert.Equal("the membership table is empty", Look(hasRow: false, version: 0));
    }

    [Fact]
    public void ATableThatWentBack_IsLost_AlthoughTheRowIsThere()
    {
        Look(version: 9);
        Look(version: 4, times: 3);
        Assert.Equal("the membership table has gone back from version 9 to 4", Look(version: 4));
    }

    [Fact]
    public void ATableOlderThanWhatOthersSaid_IsLost()
    {
        Look(version: 9, known: 10, times: 3);
        Assert.NotNull(Look(version: 9, known: 10));
    }

    [Fact]
    public void ATableThatCatchesUpWithWhatOthersSaid_IsFine()
    {
        Look(version: 9, known: 10, times: 3);
        Assert.Null(Look(version: 10, known: 10));
        Assert.False(_row.IsDoubtful);
    }

    [Fact]
    public void ARowThatComesBack_StartsAnew()
    {
        Look(version: 7);
        for (var times = 0; times < 5; times++)
        {
            Look(hasRow: false, version: 7, times: 3);
            Assert.Null(Look(version: 7));
        }

        Look(hasRow: false, version: 7, times: 3);
        Assert.NotNull(Look(hasRow: false, version: 7));
    }

    [Fact]
    public void ManyLooksAtOnce_AreNoProof()
    {
        for (var look = 0; look < 100; look++)
        {
            Assert.Null(_row.Judge(new TableReading(Status: null, 7), known: 7));
        }
    }

    [Fact]
    public void TwoLooksFarApart_AreNoProof()
    {
        Assert.Null(_row.Judge(new TableReading(Status: null, 7), known: 7));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(_row.Judge(new TableReading(Status: null, 7), known: 7));
        Assert.NotNull(_row.Judge(new TableReading(Status: null, 7), known: 7));
    }

    // The clock is set back and forth meanwhile: what counts is how much time has passed.
    private string? Look(bool hasRow = true, long version = 0, long known = 0, int times = 1)
    {
        string? loss = null;
        for (var look = 0; look < times; look++)
        {
            loss = _row.Judge(new TableReading(hasRow ? SiloStatus.Active : null, version), known);
            _time.Advance(Second);
            _time.SetWallClock(TimeSpan.FromHours(-1));
        }

        return loss;
    }
}
