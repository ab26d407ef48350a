using System.Text.Json;
using Swp.Clients;
using Swp.Clinic.His;
using Swp.Grains.Services;

namespace Swp.Clinic.Tests.His;

public sealed class HisServiceTests
{
    private static readonly HisService Service = new(new ItemCatalog(EmbeddedItems.Load()));

    [Fact]
    public async Task OnQueryAsync_KnownBusiType_AnswersOnePageAsReadableJson()
    {
        var answer = await AskAsync("""{"busiType":"PRESCRIPTION","medicineType":"herbal","itemType":"heatClearing","pageSize":"2","pageIndex":1}""");
        Assert.Equal("0", answer.Code);
        Assert.Null(answer.Error);
        Assert.Equal(
            """{"result":{"busiType":"prescription","pageIndex":1,"pageSize":2,"total":3,"pages":2,"items":["""
            + """{"code":"P3004","name":"金银花","itemType":"heatClearing","medicineType":"herbal","spec":"饮片","unit":"克","price":0.35,"modifyTime":"2024-04-22 11:01:00"},"""
            + """{"code":"P3005","name":"连翘","itemType":"heatClearing","medicineType":"herbal","spec":"饮片","unit":"克","price":0.28,"modifyTime":"2024-04-22 11:01:00"}]}}""",
            answer.Data.ToString());
    }

    [Fact]
    public async Task OnQueryAsync_ItemWithoutPrice_LeavesTheMemberOut()
    {
        var answer = await AskAsync("""{"busiType":"diagnosis","pageSize":1}""");
        Assert.Equal(
            """{"result":{"busiType":"diagnosis","pageIndex":1,"pageSize":1,"total":30,"pages":30,"items":["""
            + """{"code":"J00","name":"急性鼻咽炎（普通感冒）","itemType":"respiratory","modifyTime":"2024-01-10 09:00:00"}]}}""",
            answer.Data.ToString());
    }

    [Fact]
    public async Task OnQueryAsync_PageAfterPage_GivesEveryItemOnce()
    {
        List<string> codes = [];
        for (int pageIndex = 1, pages = 1; pageIndex <= pages; pageIndex++)
        {
            var answer = await AskAsync($$"""{"busiType":"feeItem","pageSize":7,"pageIndex":"{{pageIndex}}"}""");
            using var json = JsonDocument.Parse(answer.Data.Utf8);
            var page = json.RootElement.GetProperty("result");
            pages = page.GetProperty("pages").GetInt32();
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("code").GetString()!));
        }

        Assert.Equal(EmbeddedItems.Load()["feeItem"].Select(item => item.Code).Order(), codes.Order());
    }

    [Fact]
    public void OnQueryAsync_Always_AnswersWithoutWaiting() =>
        Assert.True(AskAsync("""{"busiType":"material","pageSize":200}""").IsCompletedSuccessfully);

    [Fact]
    public async Task OnQueryAsync_UnknownBusiType_FailsWithTheKnownOnes()
    {
        var refusal = await Assert.ThrowsAsync<QueryException>(() => AskAsync("""{"busiType":"天气"}"""));
        Assert.Equal("busiType '天气' is unknown. Known: feeItem, diagnosis, prescription, material.", refusal.Message);
    }

    [Fact]
    public async Task OnQueryAsync_OwnCatalog_AnswersFromIt()
    {
        var page = new ItemPage { BusiType = "own", PageIndex = 1, PageSize = 1, Total = 0, Pages = 0, Items = [] };
        var catalog = new RecordingCatalog(page);
        var answer = await new HisService(catalog).OnQueryAsync(Query("""{"busiType":"own","queryDate":"2024-05-06"}"""), TestContext.Current.CancellationToken);
        Assert.Equal(new HisQuery { BusiType = "own", QueryDate = "2024-05-06" }, catalog.Query);
        Assert.Equal("""{"result":{"busiType":"own","pageIndex":1,"pageSize":1,"total":0,"pages":0,"items":[]}}""", answer.Data.ToString());
    }

    private static Task<Answer> AskAsync(string json) => Service.OnQueryAsync(Query(json), TestContext.Current.CancellationToken).AsTask();

    private static Query Query(string json) => new(new ClientKey("his", "clinic-1"), "1", JsonPayload.Parse(json));
}
