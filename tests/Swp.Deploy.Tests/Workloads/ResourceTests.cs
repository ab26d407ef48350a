using System.Diagnostics.Metrics;
using k8s.Models;
using Swp.Deploy.Tests.Manifests;
using Swp.Deploy.Tests.Settings;
using Swp.Gateway.Diagnostics;
using Swp.Gateway.Hosting;

namespace Swp.Deploy.Tests.Workloads;

/// <summary>What members are given is what they were measured to take (docs/operations.md), with half left free.</summary>
public sealed class ResourceTests
{
    private const decimal KB = 1000;
    private const decimal Session = 3.8m * KB;
    private const decimal Socket = 19m * KB;
    private const decimal Process = 200m * 1000 * KB;

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void A_gateway_has_memory_for_twice_the_sockets_it_takes(string name)
    {
        var overlay = Overlay.Of(name);
        var gateway = overlay.Workload("swp-gateway");
        var sockets = Swp.Cluster.Startup.Settings.Read<GatewayOptions>(PodSettings.Of(overlay, gateway)).MaxConnections;

        Assert.True(sockets > 0, "One more than it has memory for must get 503.");
        Assert.True(Memory(gateway) > 2 * ((sockets * Socket) + Process), $"{Memory(gateway)}");
    }

    [Fact]
    public void In_production_an_owner_has_memory_for_twice_its_sessions() =>
        Assert.True(Memory(Overlay.Of("production").Workload("swp-owner")) > 2 * ((250_000 * Session) + Process));

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Memory_is_asked_for_as_a_whole_and_processor_time_is_not_limited(string name)
    {
        foreach (var workload in Overlay.Of(name).Workloads)
        {
            var resources = workload.Container.Resources;
            Assert.Equal(["cpu", "memory"], resources.Requests.Keys.Order());
            Assert.Equal(["memory"], resources.Limits.Keys);
            Assert.Equal(resources.Requests["memory"].ToDecimal(), resources.Limits["memory"].ToDecimal());
        }
    }

    [Fact]
    public void Gateways_are_scaled_by_connections_and_their_number_is_not_set_twice()
    {
        var overlay = Overlay.Of("production");
        var scaler = Assert.Single(overlay.All<V2HorizontalPodAutoscaler>()).Spec;
        var gateway = overlay.Get<V1Deployment>("swp-gateway");

        Assert.Equal(("apps/v1", "Deployment", gateway.Name()), (scaler.ScaleTargetRef.ApiVersion, scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name));

        // Set in the Deployment as well, each apply would send two thirds of the clients away.
        Assert.Null(gateway.Spec.Replicas);
        Assert.True(scaler.MinReplicas >= 3);

        var metric = Assert.Single(scaler.Metrics).Pods;
        Assert.Contains(metric.Metric.Name, NamesOfGauges());
        var most = Swp.Cluster.Startup.Settings.Read<GatewayOptions>(PodSettings.Of(overlay, overlay.Workload("swp-gateway"))).MaxConnections;
        var wanted = metric.Target.AverageValue.ToDecimal();

        // The others have room for those of one that is lost.
        Assert.True(wanted * scaler.MinReplicas / (scaler.MinReplicas - 1) < most, $"{wanted} of {most}");

        // One at a time, and no sooner than it is drained.
        var down = Assert.Single(scaler.Behavior.ScaleDown.Policies);
        Assert.Equal(("Pods", 1), (down.Type, down.Value));
        Assert.True(down.PeriodSeconds > gateway.Spec.Template.Spec.TerminationGracePeriodSeconds);
    }

    // As gateways name them, in Prometheus' writing.
    private static List<string> NamesOfGauges()
    {
        var found = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument is ObservableUpDownCounter<int> or ObservableUpDownCounter<long> && instrument.Meter.Name == "Swp.Gateway")
                {
                    found.Add(instrument.Name.Replace('.', '_'));
                }
            },
        };
        listener.Start();

        // Nothing is measured: what would be asked need not be there.
        var maker = typeof(GatewayInstruments).GetConstructors()[0];
        using var instruments = (GatewayInstruments)maker.Invoke(new object?[maker.GetParameters().Length]);
        return found;
    }

    private static decimal Memory(Workload workload) => workload.Container.Resources.Requests["memory"].ToDecimal();
}
