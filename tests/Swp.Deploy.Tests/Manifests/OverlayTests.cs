using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace Swp.Deploy.Tests.Manifests;

/// <summary>What is built is what Kubernetes takes.</summary>
public sealed partial class OverlayTests
{
    [Fact]
    public void The_overlays_that_are_promised_are_there() => Assert.Equal(["local", "production"], new OverlayNames().Select(row => row.Data).Order());

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Every_object_is_of_a_known_kind_and_stands_there_once(string name)
    {
        var overlay = Overlay.Of(name);

        var objects = overlay.Objects.Cast<IKubernetesObject<V1ObjectMeta>>().Select(item => $"{item.ApiVersion}/{item.Kind} {item.Namespace()}/{item.Name()}").ToArray();
        Assert.Equal(objects.Distinct(), objects);
        Assert.Equal(["swp-gateway", "swp-owner", "swp-redis"], overlay.Workloads.Select(workload => workload.Name).Order());
        Assert.NotEmpty(overlay.All<V1Ingress>());
        Assert.NotEmpty(overlay.All<V1NetworkPolicy>());
        Assert.NotEmpty(overlay.All<V1PodDisruptionBudget>());
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void Everything_is_in_the_one_namespace_which_takes_only_restricted_pods(string name)
    {
        var overlay = Overlay.Of(name);

        var space = Assert.Single(overlay.All<V1Namespace>());
        Assert.Equal("restricted", space.Metadata.Labels["pod-security.kubernetes.io/enforce"]);
        Assert.All(
            overlay.Objects.Cast<IKubernetesObject<V1ObjectMeta>>().Where(item => item is not V1Namespace),
            item => Assert.Equal(space.Name(), item.Namespace()));
    }

    [Theory]
    [InlineData("replicas: 2", "replica: 2")]
    [InlineData("containerPort: 8083", "containerPorts: 8083")]
    [InlineData("replicas: 2", "replicas: 2\n  replicas: 3")]
    [InlineData("periodSeconds: 10", "periodSecond: 10")]
    public void A_field_that_Kubernetes_does_not_have_is_no_manifest(string right, string wrong)
    {
        var manifests = Kubectl.Kustomize("overlays/local");
        Assert.Contains(right, manifests, StringComparison.Ordinal);

        Assert.ThrowsAny<Exception>(() => Overlay.Parse(manifests.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void What_is_referred_to_is_there(string name)
    {
        var overlay = Overlay.Of(name);

        foreach (var workload in overlay.Workloads)
        {
            Assert.Contains(overlay.All<V1ServiceAccount>(), account => account.Name() == workload.Pod.ServiceAccountName);
            var configMaps = workload.Container.EnvFrom?.Select(source => source.ConfigMapRef.Name) ?? [];
            configMaps = configMaps.Concat(workload.Pod.Volumes.Where(volume => volume.ConfigMap is not null).Select(volume => volume.ConfigMap.Name));
            Assert.All(configMaps, map => Assert.Contains(overlay.All<V1ConfigMap>(), item => item.Name() == map));
            var volumes = workload.Pod.Volumes.Select(volume => volume.Name)
                .Concat(overlay.All<V1StatefulSet>().Where(set => set.Name() == workload.Name).SelectMany(set => set.Spec.VolumeClaimTemplates).Select(claim => claim.Name()));
            Assert.Equal(workload.Container.VolumeMounts.Select(mount => mount.Name).Order(), volumes.Order());
        }
    }

    // So that what the tests say where kubectl is old is said of what is shipped.
    [Theory]
    [ClassData(typeof(OverlayNames))]
    public void In_the_words_of_an_old_kubectl_it_is_the_same(string name)
    {
        string[] shipped = [.. Overlay.Parse(Kubectl.Kustomize($"overlays/{name}")).Select(Plain).Order()];

        Assert.Equal(shipped, Overlay.Parse(Kubectl.KustomizeInOldWords($"overlays/{name}")).Select(Plain).Order());
    }

    [Fact]
    public void Images_of_production_have_a_version()
    {
        foreach (var image in Overlay.Of("production").Workloads.Select(workload => workload.Container.Image))
        {
            Assert.Matches(@":\d+(\.\d+)+[\w.-]*$", image);
        }
    }

    // The names of config maps end in a hash, which the versions compute differently. An empty list of labels is none.
    private static string Plain(object item)
    {
        var metadata = ((IKubernetesObject<V1ObjectMeta>)item).Metadata;
        metadata.Labels = metadata.Labels is { Count: > 0 } labels ? labels : null;
        metadata.Annotations = metadata.Annotations is { Count: > 0 } annotations ? annotations : null;
        return Hash().Replace(KubernetesYaml.Serialize(item), "settings");
    }

    [GeneratedRegex("(?<=swp-[a-z-]*)settings-[a-z0-9]{10}")]
    private static partial Regex Hash();
}
