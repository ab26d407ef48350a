using Swp.Samples.His;

namespace Swp.Clinic.Tests.Samples;

public sealed class ItemTableTests
{
    [Fact]
    public void Format_ChineseNames_KeepTheColumnsStraight() => Assert.Equal(
        [
            "code  name      itemType  spec  unit  price   modifyTime",
            "P1    黄芪      tonic     饮片  克    0.12    2024-04-22 11:00:00",
            "P22   布洛芬ER  pain            盒    116.90",
        ],
        ItemTable.Format(
        [
            new Item("P1", "黄芪", "tonic", "饮片", "克", 0.12m, "2024-04-22 11:00:00"),
            new Item("P22", "布洛芬ER", "pain", null, "盒", 116.9m),
        ]));

    [Fact]
    public void Format_ControlCharacters_DoNotReachTheTerminal() =>
        Assert.DoesNotContain(ItemTable.Format([new Item("P1", "\u001b[2Jx")]), line => line.Contains('\u001b', StringComparison.Ordinal));
}
