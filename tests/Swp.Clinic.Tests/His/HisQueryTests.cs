using System.Text.Json;
using Swp.Clients;
using Swp.Clinic.His;
using Swp.Grains.Services;

namespace Swp.Clinic.Tests.His;

public sealed class HisQueryTests
{
    private static readonly HisQuery Expected = new() { BusiType = "feeItem", PageSize = 5, PageIndex = 2 };

    public static TheoryData<string, string> Forms => new()
    {
        { "numbers", """{"busiType":"feeItem","pageSize":5,"pageIndex":2}""" },
        { "numeric strings", """{"busiType":"feeItem","pageSize":"5","pageIndex":"2"}""" },
        { "blanks around a number", """{"busiType":"feeItem","pageSize":" 5 ","pageIndex":"2"}""" },
        { "a whole number with a fraction of nothing", """{"busiType":"feeItem","pageSize":5.0,"pageIndex":"2.0"}""" },
        { "a string that holds the object", """ "{\"busiType\":\"feeItem\",\"pageSize\":\"5\",\"pageIndex\":2}" """ },
        { "members in another case", """{"BusiType":"feeItem","PAGESIZE":5,"pageindex":2}""" },
        { "unknown members", """{"busiType":"feeItem","pageSize":5,"pageIndex":2,"other":{"a":[1]}}""" },
        { "nulls", """{"busiType":"feeItem","pageSize":5,"pageIndex":2,"itemType":null,"modifyTime":null}""" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Read_AcceptedForm_GivesTheSameQuery(string name, string json)
    {
        Assert.NotEmpty(name);
        Assert.Equal(Expected, Read(json));
    }

    [Fact]
    public void Read_EveryMember_IsTakenOver()
    {
        var query = Read("""
            {"versionType":"1.0","busiType":"prescription","itemType":"digestive","modifyTime":"2024-01-01 00:00:00","pageSize":"10","pageIndex":"1",
             "medicineType":"western","inventoryType":"in","hisInvoiceNumber":"B7","queryDate":"2024-02-03"}
            """);
        Assert.Equal(
            new HisQuery
            {
                VersionType = "1.0", BusiType = "prescription", ItemType = "digestive", ModifyTime = "2024-01-01 00:00:00", PageSize = 10, PageIndex = 1,
                MedicineType = "western", InventoryType = "in", HisInvoiceNumber = "B7", QueryDate = "2024-02-03",
            },
            query);
    }

    [Fact]
    public void Read_NothingGiven_LeavesEverythingOut() => Assert.Equal(new HisQuery(), Read("{}"));

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public void Read_PageSizeWithoutANumber_IsLeftOut(string pageSize) => Assert.Null(Read($$"""{"pageSize":{{pageSize}}}""").PageSize);

    [Fact]
    public void Read_NumberForText_IsReadAsItWasWritten()
    {
        var query = Read("""{"versionType":1.0,"hisInvoiceNumber":20240001234567890123}""");
        Assert.Equal("1.0", query.VersionType);
        Assert.Equal("20240001234567890123", query.HisInvoiceNumber);
    }

    [Theory]
    [InlineData("99999999999", int.MaxValue)]
    [InlineData("\"-99999999999\"", int.MinValue)]
    public void Read_NumberBeyondTheType_IsLeftToTheRangeCheck(string pageSize, int expected) =>
        Assert.Equal(expected, Read($$"""{"pageSize":{{pageSize}}}""").PageSize);

    [Theory]
    [InlineData("""{"pageSize":"many"}""", "The data of the query could not be read at $.pageSize.")]
    [InlineData("""{"pageSize":1.5}""", "The data of the query could not be read at $.pageSize.")]
    [InlineData("""{"pageIndex":"1e400"}""", "The data of the query could not be read at $.pageIndex.")]
    [InlineData("""{"pageIndex":1e400}""", "The data of the query could not be read at $.pageIndex.")]
    [InlineData("""{"pageIndex":true}""", "The data of the query could not be read at $.pageIndex.")]
    [InlineData("""{"busiType":["feeItem"]}""", "The data of the query could not be read at $.busiType.")]
    [InlineData("""{"busiType":"\ud800"}""", "The data of the query could not be read at $.busiType.")]
    [InlineData("\"\"", "The data of the query could not be read.")]
    [InlineData("[]", "The data of the query could not be read.")]
    [InlineData("17", "The data of the query could not be read.")]
    public void Read_UnreadableValue_SaysWhere(string json, string message) =>
        Assert.Equal(message, Assert.Throws<QueryException>(() => Read(json)).Message);

    [Fact]
    public void Read_WithoutData_Fails() =>
        Assert.Throws<QueryException>(() => new Query(new ClientKey("his", "1"), "u", JsonPayload.None).Read<HisQuery>(HisJson.Options));

    [Fact]
    public void Read_WithoutTheGeneratedContext_GivesTheSameQuery() =>
        Assert.Equal(Expected, JsonSerializer.Deserialize<HisQuery>("""{"busiType":"feeItem","pageSize":"5","pageIndex":2}""", JsonSerializerOptions.Web));

    private static HisQuery Read(string json) => new Query(new ClientKey("his", "1"), "u", JsonPayload.Parse(json)).Read<HisQuery>(HisJson.Options);
}
