using Swp.Clinic.His;

namespace Swp.Clinic.Tests.His;

public sealed class EmbeddedItemsTests
{
    [Theory]
    [InlineData("feeItem", 36)]
    [InlineData("diagnosis", 30)]
    [InlineData("prescription", 32)]
    [InlineData("material", 21)]
    public void Load_BusiType_HasItsItemsWithCodesOfTheirOwn(string busiType, int count)
    {
        var items = EmbeddedItems.Load()[busiType];
        Assert.Equal(count, items.Count);
        Assert.Equal(count, items.Select(item => item.Code).Distinct().Count());
        Assert.DoesNotContain(items, item => string.IsNullOrWhiteSpace(item.Name) || string.IsNullOrWhiteSpace(item.ItemType));
    }

    [Theory]
    [InlineData("feeItem")]
    [InlineData("prescription")]
    [InlineData("material")]
    public void Load_WhatIsSold_HasAPriceAndAUnit(string busiType) =>
        Assert.All(EmbeddedItems.Load()[busiType], item => Assert.True(item.Price > 0 && item.Unit is { Length: > 0 }, item.Code));

    [Fact]
    public void Load_Prescriptions_AreOfThreeKinds() =>
        Assert.Equal(["herbal", "patent", "western"], EmbeddedItems.Load()["prescription"].Select(item => item.MedicineType!).Distinct().Order());
}
