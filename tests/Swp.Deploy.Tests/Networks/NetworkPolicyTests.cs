using k8s.Models;
using Swp.Deploy.Tests.Manifests;

namespace Swp.Deploy.Tests.Networks;

/// <summary>Clients reach 8081 through the ingress; everything else stays inside, and only with who it is for.</summary>
public sealed class NetworkPolicyTests
{
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void What_no_policy_allows_is_denied_in_both_directions(string name)
    {
        var deny = Overlay.Of(name).Get<V1NetworkPolicy>("swp-nothing-else").Spec;

        Assert.Null(deny.PodSelector.MatchLabels);
        Assert.Null(deny.PodSelector.MatchExpressions);
        Assert.Equal(["Egress", "Ingress"], deny.PolicyTypes.Order());
        Assert.Null(deny.Ingress);
        Assert.Null(deny.Egress);
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Every_policy_is_of_pods_that_there_are_and_of_ports_that_they_have(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var policy in overlay.All<V1NetworkPolicy>())
        {
            var pods = overlay.Workloads.Where(workload => Overlay.Selects(policy.Spec.PodSelector, workload.Template)).ToArray();
            Assert.True(pods.Length > 0, policy.Name());
            foreach (var port in (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports))
            {
                Assert.Equal("TCP", port.Protocol);
                Assert.All(pods, pod => pod.Port(port.Port.Value));
            }

            foreach (var peer in (policy.Spec.Egress ?? []).SelectMany(rule => rule.To).Where(peer => peer is { PodSelector: not null, NamespaceSelector: null }))
            {
                Assert.Contains(overlay.Workloads, workload => Overlay.Selects(peer.PodSelector, workload.Template));
            }
        }
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Each_port_is_open_to_whom_it_is_for_and_to_nobody_else(string name)
    {
        var overlay = Overlay.Of(name);

        Assert.Equal(["namespace swp/ingress"], WhoReaches(overlay, "swp-gateway", "clients"));
        Assert.Equal(["namespace swp/monitoring", "pod swp/backend in namespace swp/backend"], WhoReaches(overlay, "swp-gateway", "operations"));
        Assert.Equal(["gateway", "owner"], WhoReaches(overlay, "swp-gateway", "silo"));
        Assert.Equal(["namespace swp/monitoring"], WhoReaches(overlay, "swp-owner", "operations"));
        Assert.Equal(["gateway", "owner"], WhoReaches(overlay, "swp-owner", "silo"));
        Assert.Equal(["pod swp/backend in namespace swp/backend"], WhoReaches(overlay, "swp-owner", "backend"));
        Assert.Equal(["gateway", "owner", "pod swp/backend in namespace swp/backend"], WhoReaches(overlay, "swp-redis", "redis"));
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Members_reach_each_other_and_Redis(string name)
    {
        var overlay = Overlay.Of(name);
        foreach (var member in overlay.Members)
        {
            var rules = overlay.All<V1NetworkPolicy>().Where(policy => Overlay.Selects(policy.Spec.PodSelector, member.Template)).SelectMany(policy => policy.Spec.Egress ?? []).ToArray();
            Assert.All(overlay.Members, other => Assert.Contains(rules, rule => Allows(rule, other, "silo", other.Port("silo"))));
            Assert.Contains(rules, rule => Allows(rule, overlay.Workload("swp-redis"), "redis", overlay.Workload("swp-redis").Port("redis")));
            Assert.Contains(rules, rule => rule.Ports.Any(port => port is { Port.Value: "53", Protocol: "UDP" }));
        }
    }

    private static bool Allows(V1NetworkPolicyEgressRule rule, Workload pods, string port, int number) =>
        rule.To.Any(peer => peer is { PodSelector: not null, NamespaceSelector: null } && Overlay.Selects(peer.PodSelector, pods.Template))
        && rule.Ports.Any(item => item.Port.Value == port || item.Port.Value == $"{number}");

    private static IEnumerable<string> WhoReaches(Overlay overlay, string workload, string port)
    {
        var pods = overlay.Workload(workload);
        return overlay.All<V1NetworkPolicy>()
            .Where(policy => Overlay.Selects(policy.Spec.PodSelector, pods.Template))
            .SelectMany(policy => policy.Spec.Ingress ?? [])
            .Where(rule => rule.Ports is null || rule.Ports.Any(item => item.Port.Value == port))
            .SelectMany(rule => rule.FromProperty is { Count: > 0 } peers ? peers.SelectMany(peer => Describe(overlay, peer)) : ["anybody"])
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Describe(Overlay overlay, V1NetworkPolicyPeer peer) => peer switch
    {
        { IpBlock: not null } => [$"addresses {peer.IpBlock.Cidr}"],
        { NamespaceSelector: { } space, PodSelector: { } pod } => [$"pod {Label(pod)} in namespace {Label(space)}"],
        { NamespaceSelector: { } space } => [$"namespace {Label(space)}"],
        { PodSelector: { } pod } => overlay.Workloads.Where(workload => Overlay.Selects(pod, workload.Template)).Select(workload => workload.Name.Replace("swp-", "", StringComparison.Ordinal)),
        _ => ["anybody"],
    };

    private static string Label(V1LabelSelector selector)
    {
        var (key, value) = Assert.Single(selector.MatchLabels);
        Assert.Equal("true", value);
        return key;
    }
}
