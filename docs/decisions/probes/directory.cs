#:package Microsoft.Orleans.Server@10.4.2
#:package Microsoft.Orleans.TestingHost@10.4.2
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
#:property NoWarn=ORLEANSEXP003

// How many activations end on the other silos when a silo that holds none of them stops. See 0001.
// dotnet run docs/decisions/probes/directory.cs
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.TestingHost;

const int Grains = 3000;

foreach (var distributed in new[] { false, true })
{
    var builder = new InProcessTestClusterBuilder(3);
    // The test kit's own directory off, which has no public switch: otherwise neither of the two below is used.
    typeof(InProcessTestClusterOptions).GetProperty("UseTestClusterGrainDirectory", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(builder.Options, false);
    builder.Options.UseDistributedGrainDirectory = distributed;
    builder.Options.ConfigureFileLogging = false;
    builder.ConfigureSilo((_, silo) =>
    {
        silo.Services.AddLogging(logging => logging.ClearProviders());
        silo.Services.AddSingleton<Ended>();
    });
    await using var cluster = builder.Build();
    await cluster.DeployAsync();

    // Every grain lives on the first three silos; the fourth comes later and gets a share of the directory only.
    await TouchAsync(cluster);
    var fourth = await cluster.StartAdditionalSiloAsync();
    await cluster.WaitForLivenessToStabilizeAsync();
    await TouchAsync(cluster);
    await Task.Delay(TimeSpan.FromSeconds(5));

    var before = Count(cluster);
    await cluster.StopSiloAsync(fourth);
    await Task.Delay(TimeSpan.FromSeconds(5));
    var ended = Count(cluster) - before;
    Console.WriteLine($"{(distributed ? "distributed" : "default"),-12} directory: {ended} of {Grains} activations ended ({100.0 * ended / Grains:0} %)");
}

static Task TouchAsync(InProcessTestCluster cluster) =>
    Task.WhenAll(Enumerable.Range(0, Grains).Select(i => cluster.Client.GetGrain<IResident>(i).TouchAsync()));

static int Count(InProcessTestCluster cluster) =>
    cluster.GetActiveSilos().Sum(silo => Volatile.Read(ref silo.ServiceProvider.GetRequiredService<Ended>().Count));

public interface IResident : IGrainWithIntegerKey
{
    Task TouchAsync();
}

[RandomPlacement]
public sealed class Resident(Ended ended) : Grain, IResident
{
    public Task TouchAsync() => Task.CompletedTask;

    public override Task OnDeactivateAsync(Orleans.DeactivationReason reason, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref ended.Count);
        return Task.CompletedTask;
    }
}

public sealed class Ended
{
    public int Count;
}
