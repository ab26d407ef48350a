using k8s.Models;
using Orleans.Configuration;
using Swp.Deploy.Tests.Manifests;

namespace Swp.Deploy.Tests.Workloads;

/// <summary>A member is restarted for its own sake only, and gets no traffic that it does not take.</summary>
public sealed class ProbeTests
{
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Liveness_asks_nobody_else_and_readiness_is_the_members_own_word(string name)
    {
        foreach (var member in Overlay.Of(name).Members)
        {
            var container = member.Container;
            Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
            Assert.Equal("/health/live", container.StartupProbe.HttpGet.Path);
            Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
            Assert.All(
                [container.LivenessProbe, container.StartupProbe, container.ReadinessProbe],
                probe => Assert.Equal("operations", probe.HttpGet.Port.Value));
        }
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void A_start_may_take_as_long_as_joining_may(string name)
    {
        var join = MemberSilo.OptionsOf<ClusterMembershipOptions>().MaxJoinAttemptTime;
        foreach (var member in Overlay.Of(name).Members)
        {
            Assert.True(Patience(member.Container.StartupProbe) > join + TimeSpan.FromSeconds(30), member.Name);
        }
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Readiness_is_seen_within_the_notice_and_liveness_after_the_others_have_judged(string name)
    {
        foreach (var member in Overlay.Of(name).Members)
        {
            Assert.True(Patience(member.Container.ReadinessProbe) <= TimeSpan.FromSeconds(5), member.Name);
            Assert.True(Patience(member.Container.LivenessProbe) >= TimeSpan.FromSeconds(30), member.Name);
        }
    }

    private static TimeSpan Patience(V1Probe probe) => TimeSpan.FromSeconds(probe.PeriodSeconds!.Value * probe.FailureThreshold!.Value);
}
