using CsCheck;
using Swp.Grains.Storage;

namespace Swp.Grains.Tests.Storage;

public sealed class ClientRecordTests
{
    private static readonly DateTimeOffset Day = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private static readonly Gen<ClientRecord> Records = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Bool).Select(
        (epoch, open, first, last, heartbeat, banned) => epoch == 0
            ? new ClientRecord()
            : new ClientRecord
            {
                Epoch = epoch,
                OpenEpoch = Math.Min(open, epoch),
                FirstSeen = Day.AddHours(first),
                LastSeen = Day.AddHours(first + last),
                LastHeartbeat = heartbeat == 0 ? null : Day.AddHours(first + heartbeat),
                Ban = banned ? new BanRecord(null, $"{epoch}") : null,
            });

    [Fact]
    public void Merge_AnyTwo_LosesNothingNewer() => Gen.Select(Records, Records).Sample((stored, ours) =>
    {
        var merged = ClientRecord.Merge(stored, ours);
        ClientRecord[] both = [stored, ours];
        Assert.Equal(both.Max(record => record.Epoch), merged.Epoch);
        Assert.Equal(both.Max(record => record.OpenEpoch), merged.OpenEpoch);
        Assert.Equal(both.Max(record => record.LastSeen), merged.LastSeen);
        Assert.Equal(both.Max(record => record.LastHeartbeat), merged.LastHeartbeat);
        Assert.Equal(both.Any(record => record.Ban is not null), merged.Ban is not null);
        if (merged.IsKnown)
        {
            Assert.Equal(both.Where(record => record.IsKnown).Min(record => record.FirstSeen), merged.FirstSeen);
        }

        Assert.Equal(merged, ClientRecord.Merge(merged, ours));
    });

    [Fact]
    public void Merge_SameEpoch_OursIsTheAttachment()
    {
        var attachment = new AttachmentRecord { Gateway = Members.Gateway1, GatewayName = "g", ConnectionId = 1, ConnectedAt = Day };
        var stored = new ClientRecord { Epoch = 1, Attachment = attachment };
        Assert.Null(ClientRecord.Merge(stored, new ClientRecord { Epoch = 1 }).Attachment);
        Assert.Same(attachment, ClientRecord.Merge(stored, new ClientRecord()).Attachment);
    }
}
