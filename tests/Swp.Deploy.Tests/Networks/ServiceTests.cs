using k8s.Models;
using Swp.Deploy.Tests.Manifests;

namespace Swp.Deploy.Tests.Networks;

/// <summary>Services lead to ports that pods have, and the ingress to the clients' one only.</summary>
public sealed class ServiceTests
{
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Every_service_leads_to_pods_and_a_port_of_theirs(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var service in overlay.All<V1Service>())
        {
            var pods = Assert.Single(overlay.Workloads, workload => service.Spec.Selector.All(label => workload.Template.Metadata.Labels.Contains(label)));
            Assert.All(service.Spec.Ports, port => Assert.Equal(port.Port, pods.Port(port.TargetPort.Value)));
            Assert.True(service.Spec.Type is null or "ClusterIP", "Nothing is reachable from outside but through the ingress.");
        }

        Assert.Equal(8082, Assert.Single(overlay.Get<V1Service>("swp-operations").Spec.Ports).Port);
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void The_ingress_leads_to_8081_and_nothing_else(string name)
    {
        var overlay = Overlay.Of(name);

        var ingress = Assert.Single(overlay.All<V1Ingress>()).Spec;

        Assert.Null(ingress.DefaultBackend);
        var path = Assert.Single(Assert.Single(ingress.Rules).Http.Paths);
        Assert.Equal(("/wss", "Prefix"), (path.Path, path.PathType));
        var service = overlay.Get<V1Service>(path.Backend.Service.Name);
        var port = Assert.Single(service.Spec.Ports);
        Assert.Equal(port.Name, path.Backend.Service.Port.Name);
        Assert.Equal(8081, port.Port);
    }

    [Fact]
    public void In_production_clients_come_by_TLS()
    {
        var ingress = Assert.Single(Overlay.Of("production").All<V1Ingress>()).Spec;

        Assert.Equal(Assert.Single(ingress.Tls).Hosts, ingress.Rules.Select(rule => rule.Host));
        Assert.NotNull(ingress.Tls[0].SecretName);
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Selectors_take_their_own_pods_only(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var workload in overlay.Workloads)
        {
            Assert.Equal(workload, Assert.Single(overlay.Workloads, other => Overlay.Selects(workload.Selector, other.Template)));
        }
    }
}
