using System.Globalization;
using Swp.Clinic.His;
using Swp.Grains.Services;

namespace Swp.Clinic.Tests.His;

public sealed class ItemCatalogTests
{
    private static readonly ItemCatalog Catalog = new(new Dictionary<string, IReadOnlyList<Item>>
    {
        [BusiTypes.FeeItem] =
        [
            Item("F3", "laboratory", "2024-03-01 00:00:00"),
            Item("F1", "examination", "2024-01-01 00:00:00"),
            Item("F5", "examination", "2024-02-01 12:30:00"),
            Item("F4", "laboratory", "2024-02-01 12:30:00"),
            Item("F2", "examination", "2024-01-02 00:00:00"),
        ],
        [BusiTypes.Prescription] =
        [
            Item("P1", "digestive", "2024-01-01 00:00:00", "western"),
            Item("P2", "digestive", "2024-01-02 00:00:00", "patent"),
            Item("P3", "tonic", "2024-01-03 00:00:00", "herbal"),
            Item("P4", "respiratory", "2024-01-04 00:00:00", "western"),
        ],
        [BusiTypes.Material] = [],
    });

    [Fact]
    public async Task FindAsync_WithoutFilters_GivesEverythingOldestFirst()
    {
        var page = await FindAsync(new HisQuery { BusiType = "feeItem" });
        Assert.Equal(["F1", "F2", "F4", "F5", "F3"], Codes(page));
        Assert.Equal(("feeItem", 1, 20, 5, 1), (page.BusiType, page.PageIndex, page.PageSize, page.Total, page.Pages));
    }

    [Theory]
    [InlineData(1, 2, "F1,F2", 3)]
    [InlineData(2, 2, "F4,F5", 3)]
    [InlineData(3, 2, "F3", 3)]
    [InlineData(4, 2, "", 3)]
    [InlineData(1, 5, "F1,F2,F4,F5,F3", 1)]
    [InlineData(2, 5, "", 1)]
    [InlineData(1, 4, "F1,F2,F4,F5", 2)]
    [InlineData(5, 1, "F3", 5)]
    [InlineData(1, 200, "F1,F2,F4,F5,F3", 1)]
    [InlineData(int.MaxValue, 200, "", 1)]
    public async Task FindAsync_Page_HoldsItsItems(int pageIndex, int pageSize, string codes, int pages)
    {
        var page = await FindAsync(new HisQuery { BusiType = "feeItem", PageIndex = pageIndex, PageSize = pageSize });
        Assert.Equal(codes, string.Join(',', Codes(page)));
        Assert.Equal((pageIndex, pageSize, 5, pages), (page.PageIndex, page.PageSize, page.Total, page.Pages));
    }

    [Fact]
    public async Task FindAsync_NothingMatches_HasNoPages()
    {
        var page = await FindAsync(new HisQuery { BusiType = "material" });
        Assert.Empty(page.Items);
        Assert.Equal((0, 0), (page.Total, page.Pages));
    }

    [Theory]
    [InlineData("FEEITEM")]
    [InlineData("feeitem")]
    [InlineData(" feeItem ")]
    public async Task FindAsync_BusiTypeInAnotherCase_IsAnsweredInItsOwn(string busiType) =>
        Assert.Equal("feeItem", (await FindAsync(new HisQuery { BusiType = busiType })).BusiType);

    [Theory]
    [InlineData("examination", "F1,F2,F5")]
    [InlineData("LABORATORY", "F4,F3")]
    [InlineData(" laboratory ", "F4,F3")]
    [InlineData("", "F1,F2,F4,F5,F3")]
    [InlineData("surgery", "")]
    public async Task FindAsync_ItemType_Filters(string itemType, string codes) =>
        Assert.Equal(codes, string.Join(',', Codes(await FindAsync(new HisQuery { BusiType = "feeItem", ItemType = itemType }))));

    [Theory]
    [InlineData("2024-02-01 12:30:00", "F4,F5,F3")]
    [InlineData("2024-02-01 12:30:01", "F3")]
    [InlineData("2024-02-01T12:30:00", "F4,F5,F3")]
    [InlineData("2024-02-01 12:30", "F4,F5,F3")]
    [InlineData("2024-02-01 12:31", "F3")]
    [InlineData("2024-02-01", "F4,F5,F3")]
    [InlineData(" 2024-02-02 ", "F3")]
    [InlineData("2030-01-01", "")]
    [InlineData("", "F1,F2,F4,F5,F3")]
    public async Task FindAsync_ModifyTime_GivesWhatWasModifiedSince(string modifyTime, string codes) =>
        Assert.Equal(codes, string.Join(',', Codes(await FindAsync(new HisQuery { BusiType = "feeItem", ModifyTime = modifyTime }))));

    [Theory]
    [InlineData("western", "P1,P4")]
    [InlineData("Herbal", "P3")]
    [InlineData("", "P1,P2,P3,P4")]
    [InlineData("other", "")]
    public async Task FindAsync_MedicineType_FiltersPrescriptions(string medicineType, string codes) =>
        Assert.Equal(codes, string.Join(',', Codes(await FindAsync(new HisQuery { BusiType = "prescription", MedicineType = medicineType }))));

    [Fact]
    public async Task FindAsync_MedicineTypeElsewhere_MeansNothing() =>
        Assert.Equal(5, (await FindAsync(new HisQuery { BusiType = "feeItem", MedicineType = "western" })).Total);

    [Fact]
    public async Task FindAsync_FiltersAndPage_CountWhatMatches()
    {
        var page = await FindAsync(new HisQuery { BusiType = "feeItem", ItemType = "examination", ModifyTime = "2024-01-02", PageSize = 1, PageIndex = 2 });
        Assert.Equal(["F5"], Codes(page));
        Assert.Equal((2, 2), (page.Total, page.Pages));
    }

    [Theory]
    [InlineData(null, "busiType is missing. Known: feeItem, prescription, material.")]
    [InlineData("", "busiType is missing. Known: feeItem, prescription, material.")]
    [InlineData("  ", "busiType is missing. Known: feeItem, prescription, material.")]
    [InlineData("weather", "busiType 'weather' is unknown. Known: feeItem, prescription, material.")]
    public async Task FindAsync_NoSuchBusiType_NamesItAndTheKnownOnes(string? busiType, string message) =>
        Assert.Equal(message, await RefusalAsync(new HisQuery { BusiType = busiType }));

    [Fact]
    public async Task FindAsync_LongBusiType_IsCutInTheMessageBetweenCharacters()
    {
        var message = await RefusalAsync(new HisQuery { BusiType = new string('x', 63) + "\U0001F600" + new string('y', 10_000) });
        Assert.Equal($"busiType '{new string('x', 63)}…' is unknown. Known: feeItem, prescription, material.", message);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2024-13-01 00:00:00")]
    [InlineData("01.02.2024")]
    [InlineData("1706745600000")]
    [InlineData("2024-02-01T00:00:00Z")]
    public async Task FindAsync_ModifyTimeInAnotherForm_SaysWhichAreAccepted(string modifyTime) =>
        Assert.Equal(
            $"modifyTime '{modifyTime}' is no time: write yyyy-MM-dd HH:mm:ss, yyyy-MM-ddTHH:mm:ss, yyyy-MM-dd HH:mm or yyyy-MM-dd.",
            await RefusalAsync(new HisQuery { BusiType = "feeItem", ModifyTime = modifyTime }));

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task FindAsync_PageSizeOutOfRange_SaysTheRange(int pageSize) =>
        Assert.Equal("pageSize is 1 to 200.", await RefusalAsync(new HisQuery { BusiType = "feeItem", PageSize = pageSize }));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task FindAsync_PageIndexOutOfRange_SaysTheRange(int pageIndex) =>
        Assert.Equal("pageIndex starts at 1.", await RefusalAsync(new HisQuery { BusiType = "feeItem", PageIndex = pageIndex }));

    private static async Task<string> RefusalAsync(HisQuery query) =>
        (await Assert.ThrowsAsync<QueryException>(() => FindAsync(query).AsTask())).Message;

    private static ValueTask<ItemPage> FindAsync(HisQuery query) => Catalog.FindAsync(query, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Codes(ItemPage page) => page.Items.Select(item => item.Code);

    private static Item Item(string code, string itemType, string modifyTime, string? medicineType = null) => new()
    {
        Code = code,
        Name = code,
        ItemType = itemType,
        MedicineType = medicineType,
        ModifyTime = DateTime.ParseExact(modifyTime, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
    };
}
