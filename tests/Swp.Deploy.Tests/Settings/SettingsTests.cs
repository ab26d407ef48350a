using System.Net;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Deploy.Tests.Manifests;
using Swp.Gateway.Hosting;
using Swp.Silo;

namespace Swp.Deploy.Tests.Settings;

/// <summary>Manifests set what members read, in values that they take, and the ports are the same everywhere.</summary>
public sealed class SettingsTests
{
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Every_setting_is_read_by_somebody(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var member in overlay.Members)
        {
            var configuration = PodSettings.Of(overlay, member);
            KnownNames.Check(configuration);
            Assert.All(PodSettings.EnvironmentOf(overlay, member).Keys, key => Assert.Matches("^(Swp|Serilog|DOTNET|OTEL)_", key));
        }
    }

    [Theory]
    [InlineData("Swp__MaxConnection")]
    [InlineData("Swp__Listen__Client")]
    [InlineData("Swp__Types__caller__MaxPending")]
    public void A_setting_that_nobody_reads_is_found(string name) =>
        Assert.ThrowsAny<Exception>(() => KnownNames.Check(PodSettings.Of([KeyValuePair.Create(name, "1")])));

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Every_value_is_one_that_a_member_takes(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var member in overlay.Members)
        {
            var configuration = PodSettings.Of(overlay, member);
            var options = Swp.Cluster.Startup.Settings.Read<SwpClusterOptions>(configuration);
            Assert.True(IPAddress.TryParse(options.AdvertisedAddress, out var address) && !IPAddress.IsLoopback(address));
            if (member.Name == "swp-gateway")
            {
                Swp.Cluster.Startup.Settings.Read<GatewayOptions>(configuration);
            }
            else
            {
                Swp.Cluster.Startup.Settings.Read<SiloListenOptions>(configuration, "Swp:Listen");
            }
        }
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void A_member_listens_where_its_ports_say_and_where_others_reach_it(string name)
    {
        var overlay = Overlay.Of(name);
        var owner = overlay.Workload("swp-owner");
        var gateway = overlay.Workload("swp-gateway");
        foreach (var member in (Workload[])[owner, gateway])
        {
            var options = Swp.Cluster.Startup.Settings.Read<SwpClusterOptions>(PodSettings.Of(overlay, member));
            Assert.Equal(options.SiloPort, member.Port("silo"));
            AssertListens(PodSettings.Of(overlay, member)["Swp:Listen:Operations"], member.Port("operations"));
        }

        AssertListens(PodSettings.Of(overlay, gateway)["Swp:Listen:Clients"], gateway.Port("clients"));
        Assert.Equal(Swp.Cluster.Startup.Settings.Read<SwpClusterOptions>(PodSettings.Of(overlay, owner)).ClientGatewayPort, owner.Port("backend"));
        Assert.Equal((8081, 8082, 8083), (gateway.Port("clients"), gateway.Port("operations"), owner.Port("operations")));
    }

    // Orleans' own package for Kubernetes declares members dead by the labels of one Deployment, and there are two.
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Name_and_address_are_the_pods_own(string name)
    {
        foreach (var member in Overlay.Of(name).Members)
        {
            Assert.Equal("metadata.name", Field(member, "Swp__Name"));
            Assert.Equal("status.podIP", Field(member, "Swp__AdvertisedAddress"));
            Assert.DoesNotContain(member.Container.Env, variable => variable.Name.StartsWith("ORLEANS_", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void No_project_uses_Orleans_package_for_Kubernetes() => Assert.DoesNotContain(
        Directory.GetFiles(Path.Combine(Swp.Testing.Processes.BuiltProgram.Root, "src"), "*.csproj", SearchOption.AllDirectories),
        project => File.ReadAllText(project).Contains("Hosting.Kubernetes", StringComparison.Ordinal));

    private static void AssertListens(string? url, int port)
    {
        var address = Ports.Parse("", url!);
        Assert.Equal(IPAddress.Any, Ports.AddressOf(address.Host));
        Assert.Equal(port, address.Port);
    }

    private static string Field(Workload member, string variable) => Assert.Single(member.Container.Env, item => item.Name == variable).ValueFrom.FieldRef.FieldPath;
}
