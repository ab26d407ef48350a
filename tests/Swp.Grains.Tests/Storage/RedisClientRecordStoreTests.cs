using Swp.Testing.Storage;

namespace Swp.Grains.Tests.Storage;

public sealed class RedisClientRecordStoreTests : ClientRecordStoreTests
{
    protected override async Task<ITestStore> StartStoreAsync() => await RedisProcess.StartAsync(durable: true);
}
