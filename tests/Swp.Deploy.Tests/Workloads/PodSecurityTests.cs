using k8s.Models;
using Swp.Deploy.Tests.Manifests;

namespace Swp.Deploy.Tests.Workloads;

/// <summary>A pod has no right that it does not need.</summary>
public sealed class PodSecurityTests
{
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void No_pod_runs_as_root_or_writes_to_its_image(string name)
    {
        foreach (var workload in Overlay.Of(name).Workloads)
        {
            var pod = workload.Pod.SecurityContext;
            Assert.True(pod.RunAsNonRoot);
            Assert.True(pod.RunAsUser > 0);
            Assert.Equal(pod.RunAsUser, pod.FsGroup);
            Assert.Equal("RuntimeDefault", pod.SeccompProfile.Type);

            var container = workload.Container.SecurityContext;
            Assert.True(container.ReadOnlyRootFilesystem);
            Assert.False(container.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], container.Capabilities.Drop);
            Assert.Null(container.Capabilities.Add);
        }
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void No_pod_may_ask_Kubernetes_anything(string name)
    {
        var overlay = Overlay.Of(name);

        Assert.All(overlay.All<V1ServiceAccount>(), account => Assert.False(account.AutomountServiceAccountToken));
        Assert.All(overlay.Workloads, workload => Assert.False(workload.Pod.AutomountServiceAccountToken));
        Assert.All(overlay.Workloads, workload => Assert.False(workload.Pod.EnableServiceLinks));
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void What_a_member_may_write_is_bounded(string name)
    {
        foreach (var member in Overlay.Of(name).Members)
        {
            foreach (var mount in member.Container.VolumeMounts.Where(mount => mount.ReadOnlyProperty is not true))
            {
                var volume = Assert.Single(member.Pod.Volumes, volume => volume.Name == mount.Name);
                Assert.NotNull(volume.EmptyDir.SizeLimit);
            }
        }
    }
}
