using Swp.Testing.Storage;

namespace Swp.Grains.Tests.Storage;

public sealed class GarnetClientRecordStoreTests : ClientRecordStoreTests
{
    protected override async Task<ITestStore> StartStoreAsync() => await GarnetStore.StartAsync();
}
