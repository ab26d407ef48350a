using Swp.Clients;
using Swp.Grains.Promises;
using Swp.Grains.Sessions;
using Swp.Relay;

namespace Swp.Grains.Tests.Promises;

/// <summary>A connection opened at 1:00 of the uptime, was attached to its new owner at 2:00, and tells what it knows.</summary>
public sealed class ResumedRequestsTests
{
    private static readonly TimeSpan Opened = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Attached = TimeSpan.FromMinutes(120);
    private static readonly DateTimeOffset ConnectedAt = new(2026, 1, 1, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void FateOf_WhatTheClientOwes_IsAtTheClient() =>
        Assert.Equal(RequestFate.AtClient, Resumed(open: ["r"]).FateOf("r", MadeAt(119)));

    [Fact]
    public void FateOf_WhatItHasAnswered_IsDone() =>
        Assert.Equal(RequestFate.Done, Resumed(done: ["r"]).FateOf("r", MadeAt(119)));

    [Fact]
    public void FateOf_MadeWhileTheConnectionWasOpen_AndNotKnownToIt_WasNeverSent() =>
        Assert.Equal(RequestFate.NeverSent, Resumed().FateOf("r", MadeAt(119)));

    [Fact]
    public void FateOf_MadeAfterTheConnectionWasAttachedHere_CameThroughNoEarlierOwner() =>
        Assert.Equal(RequestFate.NeverSent, Resumed().FateOf("r", MadeAt(121)));

    [Fact]
    public void FateOf_WhatAnotherConnectionMayHaveHad_IsUnknown() =>
        Assert.Equal(RequestFate.Unknown, Resumed().FateOf("r", MadeAt(59)));

    [Fact]
    public void FateOf_FurtherBackThanTheConnectionRemembers_IsUnknown()
    {
        var resumed = Resumed(completeFor: TimeSpan.FromMinutes(10));
        Assert.Equal(RequestFate.Unknown, resumed.FateOf("r", MadeAt(109)));
        Assert.Equal(RequestFate.NeverSent, resumed.FateOf("r", MadeAt(111)));
    }

    [Fact]
    public void TryKeep_AnAnswerThatIsOwed_IsKeptOnceUntilItIsTaken()
    {
        var resumed = Resumed(open: ["r"]);
        Assert.True(resumed.TryKeep(Answer("r", "1")));
        Assert.False(resumed.TryKeep(Answer("r", "2")));
        Assert.False(resumed.TryKeep(Answer("never asked", "3")));
        Assert.True(resumed.TryTake("r", out var answer));
        Assert.Equal("1", answer.Data.ToString());
        Assert.False(resumed.TryTake("r", out _));
    }

    [Fact]
    public void TryKeep_MoreThanAMegabyte_IsRefused()
    {
        var resumed = Resumed(open: ["a", "b"]);
        Assert.True(resumed.TryKeep(Answer("a", $"\"{new string('x', 600_000)}\"")));
        Assert.False(resumed.TryKeep(Answer("b", $"\"{new string('x', 600_000)}\"")));
        Assert.True(resumed.TryTake("a", out _));
        Assert.True(resumed.TryKeep(Answer("b", $"\"{new string('x', 600_000)}\"")));
    }

    [Fact]
    public void Expire_NothingIsKnownAnyMore()
    {
        var resumed = Resumed(open: ["r"]);
        Assert.True(resumed.TryKeep(Answer("r", "1")));
        resumed.Expire();
        Assert.False(resumed.TryTake("r", out _));
        Assert.Equal(RequestFate.Unknown, resumed.FateOf("r", MadeAt(119)));
        Assert.Equal(RequestFate.Unknown, resumed.FateOf("other", MadeAt(119)));
    }

    private static Doubt MadeAt(int minutes) => new(TimeSpan.FromMinutes(minutes));

    private static OwnerboundFrame Answer(string uuid, string data) =>
        new() { Kind = OwnerboundKind.Answer, Uuid = uuid, Code = "0", Data = JsonPayload.Parse(data) };

    private static ResumedRequests Resumed(string[]? open = null, string[]? done = null, TimeSpan? completeFor = null) => new(
        new RequestLedger { Open = open ?? [], Done = [.. (done ?? []).Select(RequestLedger.HashOf)], CompleteFor = completeFor },
        new Attachment
        {
            Gateway = Members.Gateway1,
            GatewayName = "gateway1",
            ConnectionId = 1,
            RemoteAddress = null,
            ConnectedAt = ConnectedAt,
            OpenEpoch = 1,
            Epoch = 2,
            OpenedAt = Opened,
            HeartbeatReply = false,
        },
        Attached);
}
