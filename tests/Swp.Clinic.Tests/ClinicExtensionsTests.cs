using Microsoft.Extensions.DependencyInjection;
using Swp.Clinic.Callers;
using Swp.Clinic.His;
using Swp.Clinic.Tests.His;
using Swp.Clinic.Tests.Hosting;
using Swp.Grains.Services;

namespace Swp.Clinic.Tests;

public sealed class ClinicExtensionsTests
{
    [Fact]
    public void AddClinic_Always_AddsBothTypes()
    {
        var swp = new RecordingSwpBuilder();
        Assert.Same(swp, swp.AddClinic());
        Assert.Equal([typeof(CallerService), typeof(HisService)], swp.Types);
    }

    [Theory]
    [InlineData(typeof(CallerService), "caller", "叫号")]
    [InlineData(typeof(HisService), "his", "医保")]
    public void ClientType_OfAService_HasItsNames(Type service, string name, string displayName)
    {
        var attribute = Assert.IsType<ClientTypeAttribute>(Attribute.GetCustomAttribute(service, typeof(ClientTypeAttribute)));
        Assert.Equal((name, displayName), (attribute.Name, attribute.DisplayName));
    }

    [Fact]
    public async Task AddClinic_WithoutACatalog_AnswersFromTheItemsThatShip()
    {
        var swp = new RecordingSwpBuilder();
        swp.AddClinic();
        await using var provider = swp.Services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<IItemCatalog>();
        Assert.Same(catalog, provider.GetRequiredService<IItemCatalog>());
        Assert.Equal(36, (await catalog.FindAsync(new HisQuery { BusiType = "feeItem" }, TestContext.Current.CancellationToken)).Total);
        Assert.NotNull(ActivatorUtilities.CreateInstance<HisService>(provider));
    }

    [Fact]
    public async Task AddClinic_CatalogRegisteredBefore_IsKept()
    {
        var swp = new RecordingSwpBuilder();
        var own = new RecordingCatalog(new ItemPage { BusiType = "own", PageIndex = 1, PageSize = 1, Total = 0, Pages = 0, Items = [] });
        swp.Services.AddSingleton<IItemCatalog>(own);
        swp.AddClinic();
        await using var provider = swp.Services.BuildServiceProvider();
        Assert.Same(own, provider.GetRequiredService<IItemCatalog>());
    }
}
