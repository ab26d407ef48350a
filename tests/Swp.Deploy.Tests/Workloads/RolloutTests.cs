using k8s.Models;
using Microsoft.Extensions.Configuration;
using Swp.Cluster.Hosting;
using Swp.Cluster.Startup;
using Swp.Deploy.Tests.Manifests;
using Swp.Deploy.Tests.Settings;
using Swp.Gateway.Hosting;

namespace Swp.Deploy.Tests.Workloads;

/// <summary>A new version, a drained node and a smaller number take no call and no more clients at once than they must.</summary>
public sealed class RolloutTests
{
    // SwpProgram's last resort, GatewayDrain's farewells, and what the silo and the web server need after them.
    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void A_rollout_never_has_fewer_members_than_before(string name)
    {
        foreach (var deployment in Overlay.Of(name).All<V1Deployment>())
        {
            Assert.Equal("RollingUpdate", deployment.Spec.Strategy.Type);
            Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
            Assert.Equal("1", deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value);
        }
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void The_grace_period_is_longer_than_the_longest_stop(string name)
    {
        foreach (var member in Overlay.Of(name).Members)
        {
            var stop = Settings<SwpClusterOptions>(name, member).ShutdownTimeout;
            var sleep = TimeSpan.FromSeconds(member.Container.Lifecycle?.PreStop.Sleep.Seconds ?? 0);

            Assert.True(Grace(member) > sleep + stop + LastResort, member.Name);
        }
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void A_gateways_stop_is_given_the_time_for_its_whole_drain(string name)
    {
        var gateway = Overlay.Of(name).Workload("swp-gateway");
        var options = Settings<GatewayOptions>(name, gateway);

        // The sockets' window and their farewells; the calls' half of a window, or the notice; the end of the process.
        var drain = options.DrainWindow + Farewell + Longer(options.DrainWindow / 2, options.DrainNotice) + Rest;

        Assert.True(Settings<SwpClusterOptions>(name, gateway).ShutdownTimeout > drain, $"{drain}");
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void The_next_gateway_leaves_when_the_last_one_is_drained(string name)
    {
        var overlay = Overlay.Of(name);
        var gateway = overlay.Get<V1Deployment>("swp-gateway").Spec;
        var options = Settings<GatewayOptions>(name, overlay.Workload("swp-gateway"));

        Assert.True(TimeSpan.FromSeconds(gateway.MinReadySeconds!.Value) > options.DrainWindow + Farewell);
        Assert.All(overlay.All<V1Deployment>(), deployment => Assert.True(
            deployment.Spec.ProgressDeadlineSeconds > deployment.Spec.MinReadySeconds
                + (deployment.Spec.Template.Spec.Containers[0].StartupProbe.PeriodSeconds * deployment.Spec.Template.Spec.Containers[0].StartupProbe.FailureThreshold),
            deployment.Name()));
    }

    // Until the endpoint is gone everywhere, new sockets come: they are taken before the signal.
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void A_gateway_takes_sockets_until_the_ingress_has_heard_that_it_leaves(string name)
    {
        Assert.True(Overlay.Of(name).Workload("swp-gateway").Container.Lifecycle.PreStop.Sleep.Seconds >= 5);
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Disruption_budgets_let_one_member_of_each_role_go(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var member in overlay.Members)
        {
            var budget = Assert.Single(overlay.All<V1PodDisruptionBudget>(), budget => Overlay.Selects(budget.Spec.Selector, member.Template));
            Assert.Equal("1", budget.Spec.MaxUnavailable.Value);
            Assert.Equal(member.Selector.MatchLabels, budget.Spec.Selector.MatchLabels);
        }

        Assert.All(overlay.All<V1PodDisruptionBudget>(), budget => Assert.Single(overlay.Workloads, workload => Overlay.Selects(budget.Spec.Selector, workload.Template)));
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Members_of_a_role_are_spread_over_nodes_and_zones(string name)
    {
        foreach (var member in Overlay.Of(name).Members)
        {
            var spread = member.Pod.TopologySpreadConstraints;
            Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], spread.Select(constraint => constraint.TopologyKey));
            Assert.All(spread, constraint => Assert.Equal(member.Selector.MatchLabels, constraint.LabelSelector.MatchLabels));
            Assert.All(spread, constraint => Assert.Equal(1, constraint.MaxSkew));

            // Old and new pods are counted apart: a rollout would end lopsided.
            Assert.All(spread, constraint => Assert.Equal(["pod-template-hash"], constraint.MatchLabelKeys));
        }
    }

    private static T Settings<T>(string overlay, Workload workload)
        where T : class, new() => Swp.Cluster.Startup.Settings.Read<T>(PodSettings.Of(Overlay.Of(overlay), workload));

    private static TimeSpan Grace(Workload workload) => TimeSpan.FromSeconds(workload.Pod.TerminationGracePeriodSeconds!.Value);

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
