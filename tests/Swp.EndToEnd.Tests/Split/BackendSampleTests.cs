using Swp.EndToEnd.Tests.Fixtures;
using Swp.Testing.Processes;
using Swp.Testing.Tasks;

namespace Swp.EndToEnd.Tests.Split;

[Collection(SplitCollection.Name)]
public sealed class BackendSampleTests(SwpClusterFixture fixture) : SplitTest(fixture)
{
    [Fact]
    public async Task The_sample_finds_the_cluster_in_redis()
    {
        var (id, client) = (await OpenManyAsync(1, Gateway1)).Single();
        var backend = Own(TestProcess.OfProject("Swp.Samples.Backend", $"--redis={Redis.ConnectionString}", "--cluster-id=e2e", "--service-id=e2e-service", $"--client=caller/{id}", "--count=1"));
        backend.Launch();

        Assert.Equal(0, await backend.Exited.DefaultTimeout());
        Assert.Contains("A01  completed", backend.Log.Text, StringComparison.Ordinal);
        Assert.Single(client.Answered);
    }
}
