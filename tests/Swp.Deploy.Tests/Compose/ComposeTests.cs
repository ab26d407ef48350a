using Microsoft.Extensions.Configuration;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Deploy.Tests.Images;
using Swp.Deploy.Tests.Settings;
using Swp.Gateway.Hosting;

namespace Swp.Deploy.Tests.Compose;

/// <summary>The cluster on one machine.</summary>
public sealed class ComposeTests
{
    private readonly ComposeFile _file = ComposeFile.Read();

    private IEnumerable<KeyValuePair<string, ComposeService>> Members => _file.Services.Where(service => service.Key != "redis");

    [Fact]
    public void It_is_two_owners_two_gateways_and_a_Redis() =>
        Assert.Equal(["gateway1", "gateway2", "owner1", "owner2", "redis"], _file.Services.Keys.Order());

    [Fact]
    public void Settings_are_read_by_members_in_values_that_they_take_and_each_is_where_it_says()
    {
        foreach (var (name, member) in Members)
        {
            var secrets = member.Secrets.Select(secret => KeyValuePair.Create(secret["target"], "x"));
            KnownNames.Check(PodSettings.Of(member.Environment.Concat(secrets)));
            var configuration = PodSettings.Of(member.Environment);
            var options = Swp.Cluster.Startup.Settings.Read<SwpClusterOptions>(configuration);
            Swp.Cluster.Startup.Settings.Read<GatewayOptions>(configuration);
            Assert.Equal(name, options.Name);
            Assert.Equal(member.AddressIn("members"), options.AdvertisedAddress);
            Assert.True(Seconds(member.StopGracePeriod!) > options.ShutdownTimeout + TimeSpan.FromSeconds(5));
            Assert.All(member.Secrets, secret => Assert.Contains(secret["source"], _file.Secrets.Keys));
        }

        Assert.Equal(4, Members.Select(member => member.Value.AddressIn("members")).Distinct().Count());
    }

    [Fact]
    public void Nobody_is_root_or_writes_to_its_image_and_everybody_is_started_again()
    {
        foreach (var service in _file.Services.Values)
        {
            Assert.True(service.ReadOnly);
            Assert.DoesNotMatch("^0(:|$)", service.User);
            Assert.Equal(["ALL"], service.CapDrop);
            Assert.Equal(["no-new-privileges:true"], service.SecurityOpt);
            Assert.Equal("unless-stopped", service.Restart);
        }
    }

    [Fact]
    public void Only_clients_come_from_other_machines()
    {
        foreach (var port in _file.Services.Values.SelectMany(service => service.Ports))
        {
            Assert.Matches(@"^(\d+:8081|127\.0\.0\.1:\d+:8082)$", port);
        }
    }

    [Fact]
    public void Images_are_built_as_the_Dockerfile_says()
    {
        foreach (var member in Members.Select(member => member.Value))
        {
            Assert.Equal(("..", "deploy/docker/Dockerfile"), (member.Build!.Context, member.Build.Dockerfile));
            Assert.Equal($"swp-{member.Build.Target}:local", member.Image);
            Assert.Contains(member.Build.Target, Dockerfile.Read().Keys);
        }
    }

    [Fact]
    public void Redis_keeps_its_data_and_evicts_nothing()
    {
        var redis = _file.Services["redis"];

        Assert.Contains("--appendonly yes --appendfsync everysec", string.Join(' ', redis.Command), StringComparison.Ordinal);
        Assert.EndsWith("--maxmemory-policy noeviction", string.Join(' ', redis.Command), StringComparison.Ordinal);
        Assert.Equal(["redis:/data"], redis.Volumes);
        Assert.Contains("redis", _file.Volumes.Keys);
    }

    private static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(int.Parse(text.TrimEnd('s')));
}
