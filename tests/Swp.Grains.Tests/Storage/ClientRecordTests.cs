using CsCheck;
using Swp.Grains.Storage;

namespace Swp.Grains.Tests.Storage;

public sealed class ClientRecordTests
{
    private static readonly DateTimeOffset Day = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private static readonly Gen<ClientRecord> Records = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 6]).Select(
        (epoch, open, first, last, heartbeat, ban) => epoch == 0
            ? new ClientRecord { Ban = BanOf(ban), BanVersion = ban }
            : new ClientRecord
            {
                Epoch = epoch,
                OpenEpoch = Math.Min(open, epoch),
                FirstSeen = Day.AddHours(first),
                LastSeen = Day.AddHours(first + last),
                LastHeartbeat = heartbeat == 0 ? null : Day.AddHours(first + heartbeat),
                Ban = BanOf(ban),
                BanVersion = ban,
            });

    [Fact]
    public void Merge_WhatEitherHasCounted_IsUsedUp()
    {
        var stored = new ClientRecord { Epoch = 1, Allowance = new AllowanceRecord(Day, Day.AddHours(2)) };
        var ours = new ClientRecord { Epoch = 2, Allowance = new AllowanceRecord(Day.AddHours(1), Day) };
        Assert.Equal(new AllowanceRecord(Day.AddHours(1), Day.AddHours(2)), ClientRecord.Merge(stored, ours).Allowance);
        Assert.Equal(stored.Allowance, ClientRecord.Merge(stored, ours with { Allowance = null }).Allowance);
        Assert.Null(ClientRecord.Merge(stored with { Allowance = null }, ours with { Allowance = null }).Allowance);
    }

    [Fact]
    public void Merge_AnyTwo_LosesNothingNewer() => Gen.Select(Records, Records).Sample((stored, ours) =>
    {
        var merged = ClientRecord.Merge(stored, ours);
        ClientRecord[] both = [stored, ours];
        Assert.Equal(both.Max(record => record.Epoch), merged.Epoch);
        Assert.Equal(both.Max(record => record.OpenEpoch), merged.OpenEpoch);
        Assert.Equal(both.Max(record => record.LastSeen), merged.LastSeen);
        Assert.Equal(both.Max(record => record.LastHeartbeat), merged.LastHeartbeat);
        Assert.Equal(both.Max(record => record.BanVersion), merged.BanVersion);
        Assert.Equal(BanOf((int)merged.BanVersion), merged.Ban);
        if (merged.IsKnown)
        {
            Assert.Equal(both.Where(record => record.IsKnown).Min(record => record.FirstSeen), merged.FirstSeen);
        }

        Assert.Equal(merged, ClientRecord.Merge(merged, ours));
    });

    [Fact]
    public void Merge_LetInAgain_WinsOverTheOlderBan()
    {
        var banned = new ClientRecord { Epoch = 9, Ban = new BanRecord(null, "spam"), BanVersion = 1 };
        var letIn = new ClientRecord { Epoch = 3, BanVersion = 2 };
        Assert.Null(ClientRecord.Merge(banned, letIn).Ban);
        Assert.Null(ClientRecord.Merge(letIn, banned).Ban);
        Assert.Equal(9, ClientRecord.Merge(letIn, banned).Epoch);
    }

    [Fact]
    public void Merge_SameEpoch_OursIsTheAttachment()
    {
        var attachment = new AttachmentRecord { Gateway = Members.Gateway1, GatewayName = "g", ConnectionId = 1, ConnectedAt = Day };
        var stored = new ClientRecord { Epoch = 1, Attachment = attachment };
        Assert.Null(ClientRecord.Merge(stored, new ClientRecord { Epoch = 1 }).Attachment);
        Assert.Same(attachment, ClientRecord.Merge(stored, new ClientRecord()).Attachment);
    }

    /// <summary>Each second version lets the client in again.</summary>
    private static BanRecord? BanOf(int version) => version % 2 == 0 ? null : new BanRecord(null, $"{version}");
}
